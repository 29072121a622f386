// Names typed in the list of boards: on disk while they are typed, and offered again by the next list if this page dies before it can
// send them.

import { newId } from "../ground/identifiers.ts";
import { store } from "../ground/stored.ts";
import { naming, offerRenaming } from "../site/rename.ts";
import { alive, answer } from "./tabs.ts";

/** What is typed is on disk so soon, in ms. */
const DELAY = 500;

/** Boards. */
const MOST = 50;

/** `before` is what the board was called when the typing began. */
type Typed = { typed: string; before: string };

const prefix = `easel:naming:${document.getElementById("boards")?.dataset.person}:`;
const own = prefix + newId();
/** By board; some are in no list that is shown. */
const held: Map<string, Typed> = new Map();
let timer: ReturnType<typeof setTimeout> | undefined;

naming.add((typed, form) => {
  const board = (form?.closest("[data-board]") as HTMLElement | null | undefined)?.dataset.board;
  if (!board) return;
  const before =
    held.get(board)?.before ?? form?.closest("[data-renaming]")?.querySelector("[data-title]")?.textContent ?? "";
  if (typed === null) held.delete(board);
  else held.set(board, { typed, before });
  timer ??= setTimeout(save, DELAY);
});

function save() {
  clearTimeout(timer);
  timer = undefined;
  store(own, held.size ? [...held].slice(-MOST) : undefined);
}

/** Takes what lists that have died left. */
async function takeLeft() {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(prefix) && key !== own);
  for (const key of keys) {
    if (await alive(key)) continue;
    for (const [board, { typed, before }] of JSON.parse(localStorage.getItem(key) ?? "[]"))
      held.set(String(board), { typed: String(typed), before: String(before) });
    localStorage.removeItem(key);
  }
  save();
  offer();
}

function offer() {
  for (const [board, { typed, before }] of [...held]) {
    const title = document.querySelector(`.card[data-board="${CSS.escape(board)}"] [data-title]`);
    if (title) offerRenaming(title, typed, before);
  }
}

answer(own);
takeLeft().catch(() => {}); // what another program wrote there is no name
document.addEventListener("htmx:after:swap", offer);
document.addEventListener("visibilitychange", () => document.hidden && save());
addEventListener("pagehide", save);
