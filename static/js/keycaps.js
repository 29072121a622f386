// @ts-check
import { caps, spoken } from "./keystroke.js";

export const APPLE = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? "");

/** The keys of a command as they are printed, for eyes only. @param {string} [keystroke] */
export function keycaps(keystroke) {
  const all = document.createElement("span");
  all.className = "caps";
  all.setAttribute("aria-hidden", "true");
  for (const cap of keystroke ? caps(keystroke, APPLE) : []) {
    const key = document.createElement("kbd");
    key.textContent = cap;
    all.append(key);
  }
  return all;
}

/** Ends an item with the keys of its command, told by `aria-keyshortcuts` to who does not see them. @param {HTMLElement} item @param {string} [keystroke] */
export function addKeys(item, keystroke) {
  item.append(keycaps(keystroke));
  if (keystroke) item.setAttribute("aria-keyshortcuts", spoken(keystroke));
}
