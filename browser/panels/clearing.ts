import type { Board } from "../board.ts";
import { send } from "../site/auth.ts";
import { toast } from "../site/toast.ts";

const FAILED = "The server could not say what is on the board, so nothing was removed. Try again.";

/** "Clear the board": asks, and then removes all shapes that are not locked, as one step of undo. */
export class Clearing {
  #board;
  #url;
  #dialog;
  #ids: string[] = [];

  /** @param url of the board @param large whether this page has only a part of it */
  constructor(board: Board, url: string, dialog: HTMLDialogElement, large: boolean) {
    this.#board = board;
    this.#url = url;
    this.#dialog = dialog;
    dialog.addEventListener("open", () => void this.#ask(large));
    dialog.addEventListener("close", () => {
      if (dialog.returnValue === "yes") this.#clear();
      dialog.returnValue = "";
    });
  }

  async #ask(large: boolean) {
    const yes = this.#dialog.querySelector("[value=yes]") as HTMLButtonElement;
    yes.disabled = true;
    this.#say("");
    this.#ids = (large ? await this.#named() : this.#free()) ?? [];
    const count = this.#ids.length;
    if (!count) return this.#say("Nothing is here that can be removed. Locked shapes stay.");
    const [what, them] = count === 1 ? ["One shape", "it"] : [`${count.toLocaleString()} shapes`, "them"];
    this.#say(`${what} will be removed for everybody. Locked shapes stay. You and the owner can bring ${them} back.`);
    yes.disabled = false;
  }

  #say(question: string) {
    (this.#dialog.querySelector(".question") as HTMLElement).textContent = question;
  }

  #free(): string[] {
    const { shapes } = this.#board;
    return shapes.ordered().filter((id) => !shapes.get(id)?.locked);
  }

  /** Of a large board the server knows all shapes. */
  async #named(): Promise<string[] | null> {
    const answer = await send(`${this.#url}/ids`).catch(() => null);
    if (!answer?.ok) {
      this.#dialog.close();
      toast("error", FAILED);
      return null;
    }
    return (await answer.json()).ids;
  }

  #clear() {
    this.#board.commit({ remove: this.#ids, clears: true });
    this.#board.selection.clear();
  }
}
