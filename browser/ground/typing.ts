/** Whether what has the focus takes text. */

/** Inputs that nobody types in: a slider that was just moved has the focus, and Ctrl+Z is the board's. */
const MUTE = ["range", "color", "checkbox", "radio", "button", "submit", "file"];

export function isTyping(target: EventTarget | null) {
  if (target instanceof HTMLInputElement) return !MUTE.includes(target.type);
  return target instanceof HTMLElement && (target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName));
}
