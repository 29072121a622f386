// The colours of Excalidraw's elements as ours. Pure.
import excalidraw from "../../shapes/excalidraw.json" with { type: "json" };

/** Their colours by name, so that they are right on dark paper too: the default palette, stroke and background. */
const COLORS: Record<string, string> = excalidraw.colors;

/** Colours that people type there by name. */
const NAMES: Record<string, string> = excalidraw.names;

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
