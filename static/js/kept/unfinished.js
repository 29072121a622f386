// @ts-check
import { sound } from "../clipping.js";
import { complete } from "../defaults.js";
import { newId } from "../identifiers.js";
import { within } from "../ink.js";
import { alive, answer } from "./tabs.js";

/** @import { Editor } from "../editor.js" */
/** @import { Ink, Shape } from "../types.js" */

/** What a hand makes is on disk so soon, in ms; what it makes in between is lost if the page dies. */
const DELAY = 500;

/** A text being written in a shape: as the shape would be, and what it said before. @typedef {{ shape: Shape, before: string }} Writing */
/** @typedef {{ shapes: Shape[], writings: Writing[] }} Work */

/**
 * Strokes, shapes and texts in the making: no change yet, so the outbox has none of it. Kept on disk while they are made, and put
 * on the board by the next page if this one dies before it can.
 */
export class Unfinished {
  #editor;
  #prefix;
  #key;
  #storage;
  /** @type {Ink | null} */
  #ink = null;
  /** @type {readonly Shape[]} */
  #sketches = [];
  /** By id: what the shape said before. @type {Map<string, string>} */
  #before = new Map();
  /** @type {ReadonlyMap<string, any>} */
  #patches = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {Editor} editor @param {{ board: string, person: string }} page @param {() => Storage} [storage] may throw */
  constructor(editor, { board, person }, storage = () => localStorage) {
    this.#editor = editor;
    this.#prefix = `easel:unfinished:${board}:`;
    this.#key = `${this.#prefix}${person}:${newId()}`;
    this.#storage = storage;
    answer(this.#key);
    editor.onInk((ink) => this.#holds(() => (this.#ink = ink)));
    editor.onSketch((shapes, kept) => this.#holds(() => (this.#sketches = kept ? shapes : [])));
    editor.onPreview((patches) => this.#holds(() => this.#writes(patches)));
    for (const name of ["pagehide", "freeze"]) addEventListener(name, () => this.#save());
    document.addEventListener("visibilitychange", () => document.hidden && this.#save());
  }

  /** What this page's hand holds. @returns {Work} */
  get work() {
    const { shapes } = this.#editor;
    const strokes = this.#ink ? strokesOf(this.#ink) : [];
    const writings = [...this.#patches].flatMap(([id, patch]) => {
      const shape = shapes.get(id);
      const before = patch.base ?? this.#before.get(id);
      return shape && before !== undefined && patch.text !== before ? [{ shape: /** @type {Shape} */ ({ ...shape, text: patch.text }), before }] : [];
    });
    return { shapes: [...strokes, ...this.#sketches.filter(says)], writings };
  }

  /** What pages that have died left, by the person who made it; it is left no more. @returns {Promise<Map<string, Work>>} */
  async left() {
    /** @type {Map<string, Work>} */
    const found = new Map();
    for (const key of this.#keys()) {
      if (key === this.#key || (await alive(key))) continue;
      const person = key.slice(this.#prefix.length).split(":")[0];
      const { shapes, writings } = this.#take(key);
      const others = found.get(person) ?? { shapes: [], writings: [] };
      found.set(person, { shapes: [...others.shapes, ...shapes], writings: [...others.writings, ...writings] });
    }
    return found;
  }

  /** @param {ReadonlyMap<string, any>} patches */
  #writes(patches) {
    this.#patches = new Map([...patches].filter(([, patch]) => "text" in patch));
    for (const id of this.#before.keys()) if (!this.#patches.has(id)) this.#before.delete(id);
    // The first preview comes when the writing begins, and says what is there.
    for (const [id, { text }] of this.#patches) if (!this.#before.has(id)) this.#before.set(id, text);
  }

  /** @param {() => void} take */
  #holds(take) {
    const held = this.#holdsAny;
    take();
    // A gesture that ends becomes a change in this very turn of the page: not before that is it off the disk.
    if (held && !this.#holdsAny) setTimeout(() => this.#save());
    else if (this.#holdsAny) this.#timer ??= setTimeout(() => this.#save(), DELAY);
  }

  get #holdsAny() {
    return this.#ink !== null || this.#sketches.length > 0 || this.#patches.size > 0;
  }

  #save() {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const work = this.#holdsAny ? this.work : { shapes: [], writings: [] };
    try {
      if (work.shapes.length || work.writings.length) this.#storage().setItem(this.#key, JSON.stringify(work));
      else this.#storage().removeItem(this.#key);
    } catch {
      // There is no room: it is as safe as the page.
    }
  }

  /** @returns {string[]} */
  #keys() {
    try {
      return Object.keys(this.#storage()).filter((key) => key.startsWith(this.#prefix));
    } catch {
      return [];
    }
  }

  /** @param {string} key @returns {Work} */
  #take(key) {
    try {
      const { shapes, writings } = JSON.parse(this.#storage().getItem(key) ?? "{}");
      this.#storage().removeItem(key);
      const taken = (/** @type {unknown} */ raw) => sound(raw) ?? [];
      const written = writings.flatMap((/** @type {any} */ { shape, before }) => [taken(shape)].flat().map((shape) => ({ shape, before: String(before) })));
      return { shapes: shapes.flatMap(taken), writings: written };
    } catch {
      return { shapes: [], writings: [] };
    }
  }
}

/** Whether a shape in the making says anything: an empty note or text is nothing yet. @param {Shape} shape */
function says(shape) {
  return !(shape.kind === "note" || shape.kind === "text") || shape.text.trim() !== "";
}

/** @param {Ink} ink @returns {Shape[]} as many as the server takes them in */
function strokesOf({ id, points, pressures = [], ...ink }) {
  if (points.length < 4) return [];
  const lines = within({ points: [...points], pressures: [...pressures] });
  return lines.map((line, i) => complete("stroke", i ? newId() : id, { ...ink, points: line.points.map((value) => value / 10), pressures: line.pressures }));
}
