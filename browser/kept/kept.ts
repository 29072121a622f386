import type { Board } from "../board.ts";
import type { Hand } from "../hand.ts";
import { endDescribing } from "../images/describe.ts";
import type { Pictures } from "../images/pictures.ts";
import type { Drafts } from "../scene/drafts.ts";
import { copies } from "../select/copies.ts";
import { endRenaming } from "../site/rename.ts";
import { toast } from "../site/toast.ts";
import { firstGesture } from "../sync/history.ts";
import type { Outbox } from "../sync/outbox.ts";
import type { Trouble } from "../sync/verdict.ts";
import type { Entry } from "../types/change.ts";
import type { Shape } from "../types/shape.ts";
import { count } from "./count.ts";
import { names, remember } from "./names.ts";
import { OthersWork } from "./others.ts";
import type { Stash } from "./panel.ts";
import { Panel } from "./panel.ts";
import type { Piece, Refused } from "./refused.ts";
import { restore } from "./restore.ts";
import { asShapes, Unfinished } from "./unfinished.ts";
import { madeBy } from "./waiting.ts";

const element = (id: string): any => document.getElementById(id);

/** Why this person's own changes wait, where only a person can help. */
const WHY: Partial<Record<Trouble, string>> = {
  "signed-out": "They are saved when you sign in again.",
  "somebody-else": "You are signed in as somebody else now.",
  "view-only": "You can only view this board now. They are saved when you can change it again.",
  gone: "This board is gone, or it is private now.",
  "too-large":
    "A server between this browser and Easel refuses a change as large as the first one. The others wait behind it.",
};

/** Everything that this browser keeps of a board's work beside the board. The page shows it; the person adds or discards it. */
export class Kept {
  #board;
  #drafts;
  #outbox;
  #refused;
  #others;
  #unfinished;
  #panel;
  #name;
  #trouble: Trouble | null = null;
  #saidLoose = false;

  /** @param page `id` is the board, `person` is here, and called `name` */
  constructor(
    { board, hand, drafts }: { board: Board; hand: Hand; drafts: Drafts },
    { outbox, pictures, refused }: { outbox: Outbox; pictures: Pictures; refused: Refused },
    { id, person, name }: { id: string; person: string; name: string },
  ) {
    this.#board = board;
    this.#drafts = drafts;
    this.#outbox = outbox;
    this.#name = name;
    this.#refused = refused;
    this.#others = new OthersWork(
      { board, pictures },
      { id, person },
      { changed: () => this.show(), taken: (changeIds) => this.#drop(changeIds) },
      (entries) => {
        for (const { changeId, ...change } of outbox.adopt(entries)) drafts.add(changeId, change);
      },
    );
    this.#unfinished = new Unfinished({ shapes: board.shapes, hand }, { board: id, person }, () => this.#sayLoose());
    this.#panel = new Panel(element("kept"), element("stash"), () => this.#stashes());
    refused.changes.add(() => this.show());
    outbox.changes.add(() => this.#troubled());
    if (name) remember(person, name, () => localStorage);
    void this.#findUnfinished(person);
    this.show();
  }

  /** Whether all of it outlives the page. */
  get durable() {
    return this.#refused.durable && this.#unfinished.durable;
  }

  /** Whether something is being made or written that is no change yet. */
  get unfinished() {
    return this.#unfinished.any;
  }

  show() {
    this.#panel.show();
  }

  /** Said once: a toast for each stroke would help nobody. */
  #sayLoose() {
    if (!this.#saidLoose)
      toast("error", "This browser has no room to store unsaved work: it is lost if this page closes.");
    this.#saidLoose = true;
  }

  /** The outbox has a trouble, or had one. */
  #troubled() {
    const { trouble, durable, entries } = this.#outbox;
    if (trouble && entries.length && !durable) this.#sayLoose();
    if (trouble || this.#trouble) this.show();
    this.#trouble = trouble;
  }

  /** Keeps shapes that cannot be on the board. @param why in a sentence @param by who made them */
  setAside(why: string, shapes: Shape[], by: string = this.#name) {
    this.#refused.add(why, shapes, by);
  }

  #drop(changeIds: readonly string[]) {
    for (const { changeId } of this.#outbox.drop(changeIds)) this.#drafts.rollback(changeId);
  }

  /** @param person who is here */
  async #findUnfinished(person: string) {
    const left = await this.#unfinished.left();
    const called = names(() => localStorage);
    for (const [whose, work] of left) {
      if (whose === person) restore(this.#board, work);
      else this.setAside("It was not finished when the page closed.", asShapes(work), called[whose] ?? "somebody");
    }
  }

  /** This person may only look from now on: what the hand holds goes nowhere any more. @param end lets go of it */
  letGo(end: () => void) {
    const { work } = this.#unfinished;
    end();
    endRenaming();
    endDescribing();
    this.setAside("You can only view this board now.", asShapes(work));
  }

  #stashes(): Stash[] {
    const groups: Map<string, Piece[]> = new Map();
    for (const piece of this.#refused.pieces) {
      const alike = JSON.stringify([piece.why, piece.by]);
      groups.set(alike, [...(groups.get(alike) ?? []), piece]);
    }
    return [...this.#own(), ...this.#others.stashes(), ...[...groups.values()].map((pieces) => this.#piece(pieces))];
  }

  /** What this person has made and cannot save just now. */
  #own(): Stash[] {
    const { entries, trouble } = this.#outbox;
    const why = trouble && WHY[trouble];
    const waiting = entries.filter(({ action }) => action === "changes");
    if (!why || !waiting.length) return [];
    const discard = () => this.#drop(entries.map(({ changeId }) => changeId));
    const title = `${count(waiting.length, "change")} not saved yet`;
    const aside = trouble === "too-large" ? () => this.#putAside(entries) : undefined;
    return [{ title, why, shapes: madeBy(waiting, this.#board.shapes.find), add: null, aside, discard }];
  }

  /** The first gesture that waits can be copied from now on, and the others go on. */
  #putAside(entries: readonly Entry[]) {
    const { changes, undo } = firstGesture(entries);
    if (!undo)
      this.setAside(
        "It was too large for a server between this browser and Easel.",
        madeBy(changes, this.#board.shapes.find),
      );
    this.#drop([...changes, ...(undo ? [undo] : [])].map(({ changeId }) => changeId));
    this.#outbox.flush();
  }

  /** @param pieces of one person, refused for one reason */
  #piece(pieces: Piece[]): Stash {
    const [{ why, by }] = pieces;
    const shapes = [...new Map(pieces.flatMap((piece) => piece.shapes).map((shape) => [shape.id, shape])).values()];
    const discard = () => this.#refused.discard(pieces.map(({ id }) => id));
    const add = () => {
      this.#board.commit({ put: copies(shapes, 0, 0, (id) => this.#board.shapes.has(id)) });
      discard();
    };
    const whose = by && by !== this.#name ? ` by ${by}` : "";
    return {
      title: `${count(shapes.length, "shape")}${whose} not saved`,
      why,
      shapes,
      add: this.#board.mayEdit ? add : null,
      discard,
    };
  }
}
