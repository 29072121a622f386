import { caps, spoken } from "./keystroke.ts";

export const APPLE = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? "");

/** The keys of a command as they are printed, for eyes only. */
export function keycaps(keystroke?: string) {
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

/** Ends an item with the keys of its command, told by `aria-keyshortcuts` to who does not see them. */
export function addKeys(item: HTMLElement, keystroke?: string) {
  item.append(keycaps(keystroke));
  if (keystroke) item.setAttribute("aria-keyshortcuts", spoken(keystroke));
}
