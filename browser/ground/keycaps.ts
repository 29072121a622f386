import { element } from "./element.ts";
import { caps, spoken } from "./keystroke.ts";

export const APPLE = /Mac|iPhone|iPad/.test(globalThis.navigator?.platform ?? "");

/** The keys of a command as they are printed, for eyes only. */
export function keycaps(keystroke?: string) {
  const all = element("span", "caps");
  all.setAttribute("aria-hidden", "true");
  if (keystroke) all.append(...caps(keystroke, APPLE).map((cap) => element("kbd", "", cap)));
  return all;
}

/** Ends an item with the keys of its command. Screen readers get them from `aria-keyshortcuts`. */
export function addKeys(item: HTMLElement, keystroke?: string) {
  item.append(keycaps(keystroke));
  if (keystroke) item.setAttribute("aria-keyshortcuts", spoken(keystroke));
}
