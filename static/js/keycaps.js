// @ts-check
import { caps } from "./keystroke.js";

const APPLE = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? "");

/** The keys of a command as they are printed, for eyes only: `aria-keyshortcuts` tells others. @param {string} [keystroke] */
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
