// @ts-check
import { copies } from "../copies.js";
import { Panel } from "./panel.js";
import { Refused } from "./refused.js";

/** @import { Editor } from "../editor.js" */
/** @import { Entry, Shape } from "../types.js" */
/** @import { Piece } from "./refused.js" */
/** @import { Stash } from "./panel.js" */

/** All that this browser keeps of a board's work beside the board: what was refused. The page shows it, and asks what is to become of it. */
export class Kept {
  #editor;
  #refused;
  #panel;
  #name;

  /** @param {Editor} editor @param {{ board: string, name: string, notice: HTMLElement, dialog: HTMLDialogElement }} page `name` is this person's */
  constructor(editor, { board, name, notice, dialog }) {
    this.#editor = editor;
    this.#name = name;
    this.#refused = new Refused(board);
    this.#panel = new Panel(notice, dialog, () => this.#stashes());
    this.#refused.onChange = () => this.show();
    editor.setAside = (why, shapes) => this.setAside(why, shapes);
    this.show();
  }

  /** Whether all of it outlives the page. */
  get durable() {
    return this.#refused.durable;
  }

  show() {
    this.#panel.show();
  }

  /** Keeps shapes that cannot be on the board. @param {string} why in a sentence @param {Shape[]} shapes */
  setAside(why, shapes) {
    this.#refused.add(why, shapes, this.#name);
  }

  /** The server refused a change, which the page still shows. @param {Entry} entry @param {string} why */
  refused({ put = [], patch = {} }, why) {
    const ids = [...put.map(({ id }) => id), ...Object.keys(patch)];
    const lost = new Map(put.map((shape) => [shape.id, shape]));
    this.setAside(why, ids.flatMap((id) => this.#editor.shapes.get(id) ?? lost.get(id) ?? []));
  }

  /** @returns {Stash[]} */
  #stashes() {
    /** @type {Map<string, Piece[]>} */
    const groups = new Map();
    for (const piece of this.#refused.pieces) {
      const alike = JSON.stringify([piece.why, piece.by]);
      groups.set(alike, [...(groups.get(alike) ?? []), piece]);
    }
    return [...groups.values()].map((pieces) => this.#stash(pieces));
  }

  /** @param {Piece[]} pieces of one person, refused for one reason */
  #stash(pieces) {
    const [{ why, by }] = pieces;
    const shapes = [...new Map(pieces.flatMap((piece) => piece.shapes).map((shape) => [shape.id, shape])).values()];
    const discard = () => this.#refused.discard(pieces.map(({ id }) => id));
    const add = () => {
      this.#editor.commit({ put: copies(shapes, 0, 0, (id) => this.#editor.shapes.has(id)) });
      discard();
    };
    const whose = by && by !== this.#name ? ` by ${by}` : "";
    return { title: `${count(shapes.length, "shape")}${whose} not saved`, why, shapes, add: this.#editor.mayEdit ? add : null, discard };
  }
}

/** @param {number} number @param {string} thing */
export function count(number, thing) {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}
