// What the names of keys mean: "Ctrl+Shift+]". Ctrl is also the Mac's Command. Pure.

/** What a US keyboard has at a place that is no letter and no digit. */
const PLACES: Record<string, string> = {
  BracketLeft: "[",
  BracketRight: "]",
  Equal: "=",
  Minus: "-",
  Quote: "'",
  Slash: "/",
};

/** A bracket, and its character with Shift. */
const SHIFTED: Record<string, string> = { "[": "{", "]": "}" };

/** Keys of Greek and Hebrew layouts that type punctuation where all other layouts without Latin letters have a letter. */
const ODD = [";KeyQ", ":KeyQ", "/KeyQ", "'KeyW"];

/** Characters of no script, or of the Latin one; also the names of keys, such as "Dead". */
const LATIN = /[\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u;

type Press = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey"> & {
  getModifierState?: (name: string) => boolean;
};

/** Whether this press is that keystroke. */
export function matches(event: Press, keystroke: string) {
  return rank(event, keystroke) > 0;
}

/**
 * How surely this press is that keystroke. The character decides: 3, or 2 if it needs Shift, which then does not count. Only where
 * the character is none of ours does the place of the key: 1. 0: it is not.
 */
export function rank(event: Press, keystroke: string) {
  const { ctrl, alt, shift, key } = parse(keystroke);
  const typed = levelled(event);
  if (ctrl !== (!typed && (event.ctrlKey || event.metaKey)) || alt !== (!typed && event.altKey)) return 0;
  const exact = shift === event.shiftKey;
  if (event.key.toLowerCase() === key) return exact ? 3 : /^[^a-z]$/.test(key) && !shift ? 2 : 0;
  if (!exact) return 0;
  if (shift && SHIFTED[key] === event.key) return 2;
  return !typed && place(event) === key ? 1 : 0;
}

/** @param keystroke "Ctrl+]", "?", "Ctrl++" */
function parse(keystroke: string) {
  const names = keystroke.endsWith("++") ? [...keystroke.slice(0, -2).split("+"), "+"] : keystroke.split("+");
  const key = keystroke === "+" ? "+" : (names.pop() ?? "").toLowerCase();
  return { ctrl: names.includes("Ctrl"), alt: names.includes("Alt"), shift: names.includes("Shift"), key };
}

/**
 * Whether AltGr, or a Mac's Option, was held to type this character: it is then no modifier. Windows reports AltGr as Ctrl and
 * Alt; Firefox on a Mac reports Option as Alt and AltGr, also where it is a modifier.
 */
function levelled(event: Press) {
  if (event.altKey === event.ctrlKey) return event.getModifierState?.("AltGraph") ?? false;
  return event.altKey && /^[[\]]$/.test(event.key) && /^Digit/.test(event.code); // a German Mac has its brackets there
}

/** The character of a US keyboard at the place of this key, where its own says nothing. */
function place({ key, code, ctrlKey, metaKey, altKey }: Press) {
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  if (digit) return key.length === 1 ? digit : undefined;
  const option = altKey && !ctrlKey && !metaKey && !/^[a-z]$/i.test(key); // on a Mac it types another character, or a dead key
  if (!option && LATIN.test(key) && !ODD.includes(key + code)) return undefined;
  return /^Key([A-Z])$/.exec(code)?.[1].toLowerCase() ?? PLACES[code];
}

const NAMES: Record<string, string> = {
  escape: "Esc",
  arrowleft: "←",
  arrowright: "→",
  arrowup: "↑",
  arrowdown: "↓",
  delete: "Del",
  " ": "Space",
  "-": "−",
};
const APPLE: Record<string, string> = { Ctrl: "⌘", Alt: "⌥", Shift: "⇧" };

/** The caps of a keystroke, as they are printed: ["Ctrl", "Shift", "Z"]. */
export function caps(keystroke: string, apple: boolean = false) {
  const { ctrl, alt, shift, key } = parse(keystroke);
  const held = Object.entries({ Ctrl: ctrl, Alt: alt, Shift: shift }).flatMap(([name, down]) => (down ? [name] : []));
  const name = NAMES[key] ?? key[0].toUpperCase() + key.slice(1);
  return [...held.map((cap) => (apple ? APPLE[cap] : cap)), name];
}

/** For `aria-keyshortcuts`: the names that the platform knows. */
export function spoken(keystroke: string) {
  return keystroke
    .replace("Ctrl", "Control")
    .replace(/(\+|^)([a-z])$/, (_, plus, letter) => plus + letter.toUpperCase());
}
