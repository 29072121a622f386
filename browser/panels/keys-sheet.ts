import type { Command } from "../commands/command.ts";
import { commands } from "../commands/list.ts";
import { element } from "../ground/element.ts";
import { keycaps } from "../ground/keycaps.ts";

/** Of one command; more of them help nobody to remember one. */
const MOST = 2;

/** Lists the keys of all commands, by their headings, in the dialog that already has the gestures. */
export function fillSheet(dialog: HTMLElement) {
  const body = dialog.querySelector(".keys");
  dialog.addEventListener("open", () => body?.prepend(...sections()), { once: true });
}

function sections() {
  const listed = commands.filter(({ keys, kind }) => keys?.length && kind);
  return [...new Set(listed.map(({ kind }) => kind))].map((kind) => {
    const section = element("section");
    const list = element("dl");
    list.append(...listed.filter((command) => command.kind === kind).map(row));
    section.append(element("h3", "", kind), list);
    return section;
  });
}

function row({ title, keys = [], writes }: Command) {
  const line = element("div", writes ? "editing" : "");
  const strokes = element("dd");
  for (const [i, keystroke] of keys.slice(0, MOST).entries()) {
    const caps = keycaps(keystroke);
    caps.removeAttribute("aria-hidden");
    if (i) strokes.append(element("span", "or", "or"));
    strokes.append(caps);
  }
  line.append(element("dt", "", title), strokes);
  return line;
}
