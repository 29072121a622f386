// @ts-check
import { toast } from "./toast.js";

/** @import { Outbox } from "./commit.js" */
/** @import { Answer, Entry } from "./types.js" */

/** Undo and redo of one's own changes. The server's log decides what that is; the buttons only guess. */
export class History {
  #buttons;
  #outbox;

  /** @param {{ undo: HTMLButtonElement, redo: HTMLButtonElement }} buttons @param {Outbox} outbox */
  constructor(buttons, outbox) {
    this.#buttons = buttons;
    this.#outbox = outbox;
    for (const [action, button] of /** @type {["undo" | "redo", HTMLButtonElement][]} */ (Object.entries(buttons))) {
      button.addEventListener("click", () => this.revert(action));
    }
  }

  /** @param {"undo" | "redo"} action */
  revert(action) {
    const before = undone(this.#outbox.entries).size;
    this.#outbox.revert(action);
    const waits = this.#outbox.trouble === "offline" && undone(this.#outbox.entries).size === before;
    if (waits) toast("info", `You are offline: what the server has is ${action === "undo" ? "undone" : "done again"} when you are back.`);
  }

  /** A new change of one's own: nothing is left to redo. */
  changed() {
    this.#buttons.undo.disabled = false;
    this.#buttons.redo.disabled = true;
  }

  /** @param {Entry} entry @param {Answer} answer */
  answered({ action, changeId }, { undoes, kept = [], more = false }) {
    if (action === "changes") return;
    if (more) this.#outbox.revert(action, changeId);
    const other = action === "undo" ? "redo" : "undo";
    if (undoes === undefined) {
      this.#buttons[action].disabled = true;
      toast("info", `There is nothing to ${action}.`);
    } else this.#buttons[other].disabled = false;
    if (kept.length) toast("info", keptText(kept.length));
  }
}

/** @param {number} count */
function keptText(count) {
  return count === 1
    ? "One shape keeps what somebody else has changed or locked since."
    : `${count} shapes keep what somebody else has changed or locked since.`;
}

/** Of the changes that wait, those that an undo takes back which waits behind them. @param {readonly Entry[]} entries oldest first @returns {Set<string>} their changeIds */
export function undone(entries) {
  /** @type {string[][]} */
  const done = [];
  /** @type {string[][]} */
  let undone = [];
  /** @type {Set<string>} */
  const all = new Set();
  for (const { changeId, action, continues } of entries) {
    if (action === "changes") {
      if (continues && done.length) done[done.length - 1].push(changeId);
      else done.push([changeId]);
      undone = [];
    } else if (!continues) {
      const [from, to] = action === "undo" ? [done, undone] : [undone, done];
      const step = from.pop() ?? []; // one that the server has
      to.push(step);
      for (const id of step) {
        if (action === "undo") all.add(id);
        else all.delete(id);
      }
    }
  }
  return all;
}

/** The changes of the first gesture that waits, and the undo that takes them back, which without them would undo something older. @param {readonly Entry[]} entries oldest first @returns {{ changes: Entry[], undo: Entry | undefined }} */
export function firstGesture(entries) {
  const [first, ...rest] = entries;
  const parts = rest.findIndex(({ continues }) => !continues);
  const changes = parts < 0 ? [...entries] : entries.slice(0, parts + 1);
  const back = undone(entries).has(first.changeId);
  return { changes, undo: back ? entries.find((_, i) => undone(entries.slice(0, i + 1)).has(first.changeId)) : undefined };
}
