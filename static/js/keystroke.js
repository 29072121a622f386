// @ts-check
// What the names of keys mean: "Ctrl+Shift+]". Ctrl is also the Mac's Command. Pure.

/** Keys that are found by their place on the board where their character needs Shift, AltGr or another layout. @type {Record<string, string>} */
const PLACES = { "[": "BracketLeft", "]": "BracketRight", "=": "Equal", "-": "Minus", "'": "Quote", "/": "Slash" };

/** Characters that need Shift on some layouts: whether it is down does not count. */
const SHIFTED = ["?", "+"];

/** @typedef {Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey"> & { getModifierState?: (name: string) => boolean }} Press */

/** Whether this press is that keystroke. @param {Press} event @param {string} keystroke */
export function matches(event, keystroke) {
  const { ctrl, alt, shift, key } = parse(keystroke);
  // AltGr types characters and is no shortcut; Windows reports it as Ctrl and Alt.
  const typed = event.getModifierState?.("AltGraph") ?? false;
  if (ctrl !== (!typed && (event.ctrlKey || event.metaKey)) || alt !== (!typed && event.altKey)) return false;
  if (!SHIFTED.includes(key) && shift !== event.shiftKey) return false;
  return key === latin(event) || key === event.key.toLowerCase() || PLACES[key] === event.code || digit(event.code) === key;
}

/** @param {string} keystroke "Ctrl+]", "?", "Ctrl++" */
export function parse(keystroke) {
  const names = keystroke.endsWith("++") ? [...keystroke.slice(0, -2).split("+"), "+"] : keystroke.split("+");
  const key = keystroke === "+" ? "+" : (names.pop() ?? "").toLowerCase();
  return { ctrl: names.includes("Ctrl"), alt: names.includes("Alt"), shift: names.includes("Shift"), key };
}

/** The letter of a press; on a layout without Latin letters, the one that is printed there on a Latin keyboard. @param {Press} event */
function latin({ key, code }) {
  const letter = /^Key([A-Z])$/.exec(code);
  return letter && !/^[a-z]$/i.test(key) ? letter[1].toLowerCase() : key.toLowerCase();
}

/** @param {string} code */
function digit(code) {
  return /^(?:Digit|Numpad)(\d)$/.exec(code)?.[1];
}

/** @type {Record<string, string>} */
const NAMES = { escape: "Esc", arrowleft: "←", arrowright: "→", arrowup: "↑", arrowdown: "↓", delete: "Del", " ": "Space", "-": "−" };
/** @type {Record<string, string>} */
const APPLE = { Ctrl: "⌘", Alt: "⌥", Shift: "⇧" };

/** The caps of a keystroke, as they are printed: ["Ctrl", "Shift", "Z"]. @param {string} keystroke @param {boolean} [apple] */
export function caps(keystroke, apple = false) {
  const { ctrl, alt, shift, key } = parse(keystroke);
  const held = Object.entries({ Ctrl: ctrl, Alt: alt, Shift: shift }).flatMap(([name, down]) => (down ? [name] : []));
  const name = NAMES[key] ?? key[0].toUpperCase() + key.slice(1);
  return [...held.map((cap) => (apple ? APPLE[cap] : cap)), name];
}

/** For `aria-keyshortcuts`: the names that the platform knows. @param {string} keystroke */
export function spoken(keystroke) {
  return keystroke.replace("Ctrl", "Control").replace(/(\+|^)([a-z])$/, (_, plus, letter) => plus + letter.toUpperCase());
}
