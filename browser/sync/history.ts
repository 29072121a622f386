import { Listeners } from "../ground/listeners.ts";
import { toast } from "../site/toast.ts";
import type { Answer, Entry, Reversal } from "../types/change.ts";
import type { Outbox } from "./outbox.ts";

/** Undo and redo of one's own changes. The server's log decides what that is; the buttons only guess. */
export class History {
  #buttons;
  #outbox;
  /** This person asks for something to be taken back. */
  asks: Listeners<[]> = new Listeners();

  constructor(buttons: { undo: HTMLButtonElement; redo: HTMLButtonElement }, outbox: Outbox) {
    this.#buttons = buttons;
    this.#outbox = outbox;
    for (const [action, button] of Object.entries(buttons) as ["undo" | "redo", HTMLButtonElement][]) {
      button.addEventListener("click", () => this.revert(action));
    }
    outbox.answers.add((entry, answer) => this.#answered(entry, answer));
  }

  revert(action: Reversal) {
    this.asks.tell();
    if (action === "unclear") return void this.#outbox.revert(action);
    const before = undone(this.#outbox.entries).size;
    this.#outbox.revert(action);
    const waits = this.#outbox.trouble === "offline" && undone(this.#outbox.entries).size === before;
    if (waits)
      toast(
        "info",
        `You are offline: what is already saved is ${action === "undo" ? "undone" : "redone"} when you are back.`,
      );
  }

  /** A new change of one's own: nothing is left to redo. */
  changed() {
    this.#buttons.undo.disabled = false;
    this.#buttons.redo.disabled = true;
  }

  #answered({ action, changeId }: Entry, { undoes, kept = [], more = false }: Answer) {
    if (action === "changes") return;
    if (more) this.#outbox.revert(action, changeId);
    if (action === "unclear") {
      if (undoes !== undefined) this.changed();
      else toast("info", "Nothing was cleared from this board that could be brought back.");
      return;
    }
    const other = action === "undo" ? "redo" : "undo";
    if (undoes === undefined) {
      this.#buttons[action].disabled = true;
      toast("info", `There is nothing to ${action}.`);
    } else this.#buttons[other].disabled = false;
    if (kept.length) toast("info", keptText(kept.length));
  }
}

function keptText(count: number) {
  return count === 1
    ? "One shape keeps what somebody else has changed or locked since."
    : `${count} shapes keep what somebody else has changed or locked since.`;
}

/** The waiting changes that a later, waiting undo takes back. @param entries oldest first @returns their changeIds */
export function undone(entries: readonly Entry[]): Set<string> {
  const done: string[][] = [];
  let undone: string[][] = [];
  const all: Set<string> = new Set();
  for (const { changeId, action, continues } of entries) {
    if (action === "changes") {
      if (continues && done.length) done[done.length - 1].push(changeId);
      else done.push([changeId]);
      undone = [];
    } else if (!continues && action !== "unclear") {
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

/** The changes of the first gesture that waits, and the undo that takes them back, which without them would undo something older. @param entries oldest first */
export function firstGesture(entries: readonly Entry[]): { changes: Entry[]; undo: Entry | undefined } {
  const [first, ...rest] = entries;
  const parts = rest.findIndex(({ continues }) => !continues);
  const changes = parts < 0 ? [...entries] : entries.slice(0, parts + 1);
  const back = undone(entries).has(first.changeId);
  return {
    changes,
    undo: back ? entries.find((_, i) => undone(entries.slice(0, i + 1)).has(first.changeId)) : undefined,
  };
}
