// @ts-check
import { newId } from "../identifiers.js";
import { settings } from "../settings.js";
import { heldOf } from "./held.js";

/** @import { Editor } from "../editor.js" */
/** @import { Ink, Patch, Shape } from "../types.js" */
/** @import { Field, Sender } from "./sender.js" */

/** A gesture ends and its change is made within one turn of the page; longer than that takes, in ms. */
const TURN = 50;

/** Of the laser's trail, in tenths of a px, x and y. */
const LONGEST_TRAIL = 8_000;

/** Of what is selected, so much is told. */
const MOST_SELECTED = 200;

/** This page's own hand: where it is, what it has selected, what it draws, drags, writes and points at, for the sender. */
export class Hand {
  #editor;
  #sender;
  /** Where our pointer is in the window. @type {{ clientX: number, clientY: number } | null} */
  #pointer = null;
  /** What it moves, and what it makes. @type {ReadonlyMap<string, Patch>} */
  #patches = new Map();
  /** @type {readonly Shape[]} */
  #sketches = [];
  /** The same, as others are to see it: until it is known how a gesture ended, what it held. @type {[ReadonlyMap<string, Patch>, readonly Shape[]]} */
  #shown = [new Map(), []];
  /** @type {Set<string>} shapes that this very gesture has committed */
  #kept = new Set();
  /** @type {Ink | null} the trail of our laser */
  #trail = null;

  /** @param {Editor} editor @param {Sender} sender @param {HTMLElement} surface what pointers meet */
  constructor(editor, sender, surface) {
    this.#editor = editor;
    this.#sender = sender;
    for (const name of /** @type {const} */ (["pointermove", "pointerdown"])) surface.addEventListener(name, (event) => this.#at(event), { passive: true });
    surface.addEventListener("pointerleave", ({ pointerType }) => pointerType === "mouse" && this.#at(null)); // a lifted finger was there
    settings.listen(() => {
      for (const field of /** @type {Field[]} */ (["cursor", "tool", "selection"])) sender.changed(field);
    });
    editor.onTool(() => sender.changed("tool"));
    editor.selection.onChange(() => sender.changed("selection"));
    editor.onPreview((patches) => this.#holds(patches, this.#sketches));
    editor.onSketch((shapes) => this.#holds(this.#patches, shapes));
    editor.onInk((ink) => this.#inked(ink));
    editor.onLaser((at) => this.#pointed(at));
    editor.onCommit(({ put = [], patch = {} }) => {
      for (const id of [...put.map(({ id }) => id), ...Object.keys(patch)]) this.#kept.add(id);
      setTimeout(() => this.#kept.clear(), TURN);
    });
  }

  /** What others are to see; null is nothing. @param {Exclude<Field, "viewport" | "following">} field */
  read(field) {
    const { camera, selection, toolName } = this.#editor;
    if (field === "drag") return heldOf(...this.#shown);
    if (!settings.shown) return null;
    if (field === "tool") return toolName;
    if (field === "selection") return selection.ids.size ? [...selection.ids].slice(0, MOST_SELECTED) : null;
    return this.#pointer && camera.toBoard(this.#pointer.clientX, this.#pointer.clientY).map(bounded);
  }

  /** @param {PointerEvent | null} event null: the cursor is elsewhere */
  #at(event) {
    this.#pointer = event && { clientX: event.clientX, clientY: event.clientY };
    this.#sender.changed("cursor");
  }

  /** @param {ReadonlyMap<string, Patch>} patches @param {readonly Shape[]} sketches */
  #holds(patches, sketches) {
    this.#patches = patches;
    this.#sketches = sketches;
    if (patches.size || sketches.length) {
      this.#shown = [patches, sketches];
      return this.#sender.changed("drag");
    }
    const ended = this.#shown;
    this.#ended([...ended[0].keys(), ...ended[1].map(({ id }) => id)], (kept) => {
      if (this.#shown !== ended) return;
      this.#shown = [patches, sketches];
      if (kept) this.#sender.kept("drag");
      else this.#sender.changed("drag");
    });
  }

  /** @param {Ink | null} ink */
  #inked(ink) {
    if (ink) return this.#sender.wet("ink", ink);
    const { inHand } = this.#sender;
    if (inHand) this.#ended([inHand], (kept) => (kept ? this.#sender.kept("ink") : this.#sender.wet("ink", null)));
  }

  /** @param {{ x: number, y: number } | null} at */
  #pointed(at) {
    if (!at) {
      this.#trail = null;
      return this.#sender.wet("laser", null);
    }
    if (!this.#trail || this.#trail.points.length > LONGEST_TRAIL) {
      this.#trail = { id: newId(), x: 0, y: 0, points: [], color: "red", width: 4, opacity: 1 };
    }
    this.#trail.points.push(Math.round(at.x * 10), Math.round(at.y * 10));
    this.#sender.wet("laser", this.#trail);
  }

  /**
   * A gesture has ended. If it was kept, which is said in the same turn, its change ends it for the others too, without a
   * flicker; if not, they are told at once.
   * @param {string[]} ids @param {(kept: boolean) => void} end
   */
  #ended(ids, end) {
    if (ids.length) setTimeout(() => end(ids.some((id) => this.#kept.has(id))));
  }
}

/** As the server takes a place. @param {number} value */
export function bounded(value) {
  return Math.max(-1e6, Math.min(1e6, Math.round(value * 100) / 100));
}
