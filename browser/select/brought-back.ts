import type { Board } from "../board.ts";
import type { Hand } from "../hand.ts";
import type { Answer, Entry } from "../types/change.ts";

/**
 * Selects what an undo, a redo or the owner's "Bring back" has brought back, as soon as the page shows it. The server says
 * what that is, so it works after a reload too. If the person has begun something else meanwhile, their selection stays.
 */
export class BroughtBack {
  #board;
  #hand;
  #seen;
  #writing;
  /** What was selected when the person last asked, or was selected here; null if they have begun something else. */
  #before: ReadonlySet<string> | null = null;
  /** What earlier parts of a gesture brought back, by the entry that the next part continues. */
  #parts: Map<string, string[]> = new Map();
  #coming: { ids: string[]; ts: bigint } | null = null;

  /** @param seen the change up to which the page shows the board @param writing whether the person writes a text */
  constructor(board: Board, hand: Hand, { seen, writing }: { seen: () => bigint; writing: () => boolean }) {
    this.#board = board;
    this.#hand = hand;
    this.#seen = seen;
    this.#writing = writing;
    board.shapes.onChange(() => this.#show());
    board.selection.onChange(() => this.#changed());
    board.onCommit(() => this.#letGo());
    hand.onTool((tool) => tool === "select" || this.#letGo()); // a stream that opens takes the same tool again
  }

  /** The person asks for something to be taken back. */
  asked() {
    this.#before = new Set(this.#board.selection.ids);
    this.#coming = null;
  }

  answered({ action, changeId, continues = "" }: Entry, { shapes = [], ts = "0", more = false }: Answer) {
    if (action === "changes") return;
    const ids = [...(this.#parts.get(continues) ?? []), ...shapes];
    this.#parts.delete(continues);
    if (more) return void this.#parts.set(changeId, ids);
    if (this.#before && ids.length) this.#coming = { ids, ts: BigInt(ts) };
    this.#show();
  }

  #show() {
    if (!this.#coming || this.#seen() < this.#coming.ts) return;
    const { selection, shapes } = this.#board;
    const back = this.#coming.ids.filter((id) => shapes.get(id)?.locked === false);
    this.#coming = null;
    if (!back.length || this.#hand.toolName !== "select" || this.#hand.busy || this.#writing()) return;
    this.#before = null; // so that this is not taken for the person's own selection
    selection.set(back);
    this.#before = new Set(selection.ids);
  }

  /** What an undo takes away is not selected any more; any other change is the person's. */
  #changed() {
    const { selection, shapes } = this.#board;
    const left = [...(this.#before ?? [])].filter((id) => shapes.has(id));
    if (left.length !== selection.ids.size || !left.every((id) => selection.ids.has(id))) this.#letGo();
  }

  #letGo() {
    this.#before = null;
    this.#coming = null;
  }
}
