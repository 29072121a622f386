// The colours of Excalidraw's elements as ours. Pure.

/** Their colours by name, so that they are right on dark paper too: the default palette, stroke and background. */
const COLORS: Record<string, string> = {
  "#1e1e1e": "black",
  "#000000": "black",
  "#343a40": "black",
  "#868e96": "grey",
  "#e9ecef": "grey",
  "#ced4da": "grey",
  "#e03131": "red",
  "#c92a2a": "red",
  "#ffc9c9": "red",
  "#fa5252": "red",
  "#e8590c": "orange",
  "#d9480f": "orange",
  "#ffd8a8": "orange",
  "#fd7e14": "orange",
  "#f08c00": "yellow",
  "#e67700": "yellow",
  "#ffec99": "yellow",
  "#fab005": "yellow",
  "#2f9e44": "green",
  "#b2f2bb": "green",
  "#40c057": "green",
  "#099268": "teal",
  "#0c8599": "teal",
  "#96f2d7": "teal",
  "#99e9f2": "teal",
  "#12b886": "teal",
  "#15aabf": "teal",
  "#1971c2": "blue",
  "#1864ab": "blue",
  "#a5d8ff": "blue",
  "#228be6": "blue",
  "#4c6ef5": "blue",
  "#6741d9": "violet",
  "#9c36b5": "violet",
  "#d0bfff": "violet",
  "#eebefa": "violet",
  "#7950f2": "violet",
  "#c2255c": "pink",
  "#fcc2d7": "pink",
  "#e64980": "pink",
};

/** Colours that people type there by name. */
const NAMES: Record<string, string> = {
  white: "#ffffff",
  red: "#ff0000",
  green: "#008000",
  blue: "#0000ff",
  yellow: "#ffff00",
  orange: "#ffa500",
  purple: "#800080",
  pink: "#ffc0cb",
  gray: "#808080",
  grey: "#808080",
};

/**
 * What lies on the paper itself gets our colours by name, which follow the theme. A solid fill keeps its own, and so do the
 * line around it and what lies on it: a dark line on white would else be white on white in the dark.
 * @param element of theirs
 * @param boxed whether it has a line and a body
 * @param onFill whether it lies on a solid fill
 */
export function colors(
  { strokeColor, backgroundColor, fillStyle }: Record<string, any>,
  boxed: boolean,
  onFill: boolean,
) {
  const named = (value: string) => (onFill ? value : (COLORS[value] ?? value));
  const [line, body] = [hex(strokeColor), hex(backgroundColor)];
  if (!body) return { color: named(line ?? "#000000"), fill: "none", fillColor: "" };
  if (!line) return { color: named(body), fill: fillStyle === "solid" ? "solid" : "tint", fillColor: "" };
  const tint = COLORS[body] ?? body;
  if (fillStyle !== "solid") return { color: named(line), fill: "tint", fillColor: tint === named(line) ? "" : tint };
  return boxed ? { color: line, fill: "solid", fillColor: body === line ? "" : body } : { color: named(line) };
}

/** #rrggbb of a colour of CSS; null for none at all, or one that cannot be seen. What is not known is black. */
export function hex(value: unknown) {
  const text = typeof value === "string" ? value.trim().toLowerCase() : "";
  if (!text || text === "transparent" || /^#(...0|.{6}00)$/.test(text)) return null;
  const digits = /^#([0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})$/.exec(text)?.[1] ?? "";
  if (digits.length > 4) return `#${digits.slice(0, 6)}`;
  if (digits) return `#${[...digits.slice(0, 3)].map((digit) => digit + digit).join("")}`;
  return (Object.hasOwn(NAMES, text) && NAMES[text]) || "#000000";
}
