import type { Command } from "../commands/command.ts";
import { commands } from "../commands/list.ts";
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
    const section = document.createElement("section");
    const heading = document.createElement("h3");
    heading.textContent = kind;
    const list = document.createElement("dl");
    list.append(...listed.filter((command) => command.kind === kind).map(row));
    section.append(heading, list);
    return section;
  });
}

function row({ title, keys = [], writes }: Command) {
  const line = document.createElement("div");
  if (writes) line.className = "editing";
  const name = document.createElement("dt");
  name.textContent = title;
  const strokes = document.createElement("dd");
  for (const [i, keystroke] of keys.slice(0, MOST).entries()) {
    const caps = keycaps(keystroke);
    caps.removeAttribute("aria-hidden");
    if (i) strokes.append(or());
    strokes.append(caps);
  }
  line.append(name, strokes);
  return line;
}

function or() {
  const word = document.createElement("span");
  word.className = "or";
  word.textContent = "or";
  return word;
}
