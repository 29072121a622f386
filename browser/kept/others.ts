import type { Board } from "../board.ts";
import type { Pictures } from "../images/pictures.ts";
import type { Entry, Upload } from "../types/change.ts";
import { count } from "./count.ts";
import { names } from "./names.ts";
import type { Stash } from "./panel.ts";
import type { Heard } from "./waiting.ts";
import { madeBy, Waiting } from "./waiting.ts";

/** What others have made in this browser for this board and could not save. */
export class OthersWork {
  #board;
  #pictures;
  #adopt;
  #changed;
  #waiting;
  /** Pictures, by whom. */
  #left: Map<string, Upload[]> = new Map();

  /** @param here the board's id, and who is here @param adopt puts changes on the board as this person's */
  constructor(
    { board, pictures }: { board: Board; pictures: Pictures },
    here: { id: string; person: string },
    heard: Heard,
    adopt: (entries: Entry[]) => void,
  ) {
    this.#board = board;
    this.#pictures = pictures;
    this.#adopt = adopt;
    this.#changed = heard.changed;
    this.#waiting = new Waiting(here.id, here.person, heard);
    void this.#find();
  }

  async #find() {
    this.#left = await this.#pictures.left();
    this.#changed();
  }

  stashes(): Stash[] {
    const changes = this.#waiting.all;
    const people = new Set([...changes.map(({ person }) => person), ...this.#left.keys()]);
    return [...people].map((person) => this.#stash(person));
  }

  #stash(person: string): Stash {
    const left = this.#waiting.all.find((one) => one.person === person);
    const [entries, uploads] = [left?.entries ?? [], this.#left.get(person) ?? []];
    const what = [entries.length && count(entries.length, "change"), uploads.length && count(uploads.length, "picture")]
      .filter(Boolean)
      .join(" and ");
    const one = entries.length + uploads.length === 1;
    const done = () => {
      if (left) this.#waiting.take(left);
      this.#left.delete(person);
      this.#pictures.forget(uploads);
      this.#changed();
    };
    const add = () => {
      this.#adopt(entries);
      this.#pictures.adopt(uploads);
      done();
    };
    const name = names(() => localStorage)[person] ?? "somebody";
    return {
      title: `${what} by ${name} ${one ? "waits" : "wait"} in this browser`,
      why: `${one ? "It was" : "They were"} never saved. On the board ${one ? "it counts" : "they count"} as yours.`,
      shapes: madeBy(entries, this.#board.shapes.find),
      add: this.#board.mayEdit ? add : null,
      discard: done,
    };
  }
}
