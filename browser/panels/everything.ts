import type { Board } from "../board.ts";
import type { WholeBoard } from "../page.ts";
import { send } from "../site/auth.ts";
import { toast } from "../site/toast.ts";

/**
 * All shapes of a large board, of which this page has only a part. Whoever selects all and presses Delete deletes all, after a
 * question; every other command says how much it has covered.
 */
export class Everything implements WholeBoard {
  #board;
  #url;
  #dialog;
  /** Unlocked ids, while all is selected. */
  #ids: string[] | null = null;
  /** What is selected of it. */
  #here: ReadonlySet<string> = new Set();

  /** @param url of the board */
  constructor(board: Board, url: string, dialog: HTMLDialogElement) {
    this.#board = board;
    this.#url = url;
    this.#dialog = dialog;
    board.selection.onChange(() => this.#changed());
    board.onCommit(() => this.covered("Changed"));
    dialog.addEventListener("close", () => dialog.returnValue === "yes" && this.#delete());
  }

  /** Whether all there is is selected. */
  get selected() {
    return this.#ids !== null;
  }

  /** The shapes that are here are selected at once, the others when the server has named them. */
  async select() {
    this.#select(null);
    const answer = await send(`${this.#url}/ids`).catch(() => null);
    if (!answer?.ok)
      return toast(
        "error",
        "Only the shapes that are loaded here are selected: the server could not name the others. Try again.",
      );
    const { ids } = await answer.json();
    this.#select(ids);
    if (ids.length === this.#here.size) return;
    const what = this.#board.mayEdit
      ? "Delete removes them all; other commands change only these."
      : "Commands change only these.";
    toast(
      "info",
      `All ${count(ids.length)} shapes are selected. ${count(this.#here.size)} of them are loaded here. ${what}`,
    );
  }

  /** Asks, and then deletes all of them: one step of undo. */
  remove() {
    const ids = this.#ids ?? [];
    const question = this.#dialog.querySelector(".question") as HTMLElement;
    question.textContent = `All ${count(ids.length)} shapes will be deleted, including the ${count(ids.length - this.#here.size)} that are not loaded here. Undo brings them back.`;
    this.#dialog.returnValue = "";
    this.#dialog.showModal();
  }

  /** Says how much of all has been done. @param done such as "Copied" */
  covered(done: string) {
    if (this.#ids && this.#ids.length > this.#here.size)
      toast(
        "info",
        `${done}: the ${count(this.#here.size)} shapes that are loaded here, of ${count(this.#ids.length)}.`,
      );
  }

  #delete() {
    const remove = this.#ids ?? [];
    this.#ids = null;
    this.#board.commit({ remove });
    this.#board.selection.clear();
  }

  #select(ids: string[] | null) {
    const { selection, shapes } = this.#board;
    this.#ids = null;
    selection.set(shapes.ordered().filter((id) => !shapes.get(id)?.locked));
    this.#here = new Set(selection.ids);
    this.#ids = ids;
  }

  /** What the page lets go of while one looks elsewhere stays selected; another selection ends it. */
  #changed() {
    if (!this.#ids) return;
    const { selection, shapes } = this.#board;
    const left = [...this.#here].filter((id) => shapes.has(id));
    if (left.length === selection.ids.size && left.every((id) => selection.ids.has(id))) this.#here = new Set(left);
    else this.#ids = null;
  }
}

const count = (number: number) => number.toLocaleString();
