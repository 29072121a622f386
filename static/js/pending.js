// @ts-check
import { patched } from "./text/reworded.js";

/** @import { Change, Patch, Place, Shape } from "./types.js" */

/** @typedef {{ z: Place, after: string | undefined }} Moved one move in the order, right above `after`, which asked for the same place; another one is another object */

/**
 * @typedef {object} Layer
 * @property {Map<string, Shape>} put @property {Map<string, Patch>} patch @property {Set<string>} remove
 * @property {Map<string, Moved>} moved
 * @property {bigint | null} ts when the server had it
 */

/**
 * What is laid over the server's shapes: this page's changes that the stream has not brought back yet, in the order in which
 * they were made, and above them what is being moved just now, by others and by this hand.
 */
export class Pending {
  /** @type {Map<string, Layer>} by changeId */
  #layers = new Map();
  /** By whom; "" is this page. @type {Map<string, ReadonlyMap<string, Patch>>} */
  #previews = new Map();
  /** Changes that are being taken back. @type {ReadonlySet<string>} */
  #hidden = new Set();

  get size() {
    return this.#layers.size;
  }

  /** @param {string} changeId @param {Change} change @returns {string[]} the ids that it touches */
  add(changeId, { put = [], patch = {}, remove = [] }) {
    /** @type {Layer} */
    const layer = { put: new Map(), patch: new Map(), remove: new Set(remove), moved: new Map(), ts: null };
    /** @type {Map<string, string>} */
    const last = new Map();
    /** @param {string} id @param {Place | undefined} z */
    const move = (id, z) => {
      if (z === undefined) return;
      const word = JSON.stringify(z);
      layer.moved.set(id, { z, after: last.get(word) });
      last.set(word, id);
    };
    for (const { z, ...shape } of put) {
      layer.put.set(shape.id, shape);
      move(shape.id, z);
    }
    for (const [id, { z, ...fields }] of Object.entries(patch)) {
      layer.patch.set(id, fields);
      move(id, z);
    }
    this.#layers.set(changeId, layer);
    return idsOf(layer);
  }

  /** @param {string} changeId @param {bigint} ts */
  answered(changeId, ts) {
    const layer = this.#layers.get(changeId);
    if (layer) layer.ts = ts;
  }

  /** These changes are being taken back, and no others. @param {ReadonlySet<string>} changeIds @returns {string[]} the ids whose look may have changed */
  hide(changeIds) {
    const changed = [...this.#layers].filter(([changeId]) => changeIds.has(changeId) !== this.#hidden.has(changeId));
    this.#hidden = changeIds;
    return changed.flatMap(([, layer]) => idsOf(layer));
  }

  /** Takes the layers off that the page, which shows all up to `seen`, shows anyway. @param {bigint} seen @returns {string[]} the ids that they touched */
  settle(seen) {
    const settled = [...this.#layers].filter(([, { ts }]) => ts !== null && ts <= seen);
    return settled.flatMap(([changeId]) => this.drop(changeId));
  }

  /** Takes the layers off that the server had, in a state that it was put back from. @returns {string[]} the ids that they touched */
  dropAnswered() {
    const answered = [...this.#layers].filter(([, { ts }]) => ts !== null);
    return answered.flatMap(([changeId]) => this.drop(changeId));
  }

  /** @param {string} changeId @returns {string[]} the ids that it touched */
  drop(changeId) {
    const layer = this.#layers.get(changeId);
    this.#layers.delete(changeId);
    return layer ? idsOf(layer) : [];
  }

  /**
   * What somebody moves just now, in place of what they moved before.
   * @param {ReadonlyMap<string, Patch>} patches @param {string} who
   * @returns {Set<string>} the ids whose look may have changed
   */
  preview(patches, who) {
    const touched = new Set([...(this.#previews.get(who)?.keys() ?? []), ...patches.keys()]);
    this.#previews.delete(who);
    if (patches.size) this.#previews.set(who, patches);
    return touched;
  }

  /** All ids that something is laid over. @returns {Set<string>} */
  ids() {
    return new Set([...[...this.#layers.values()].flatMap(idsOf), ...[...this.#previews.values()].flatMap((patches) => [...patches.keys()])]);
  }

  /**
   * The shape as this page is to show it.
   * @param {string} id @param {() => Shape | undefined} base what the server has; asked only if something is laid over it
   * @param {boolean} [hands] whether what hands do just now is laid over it too
   * @returns {Shape | undefined | null} undefined: it is not there; null: nothing is laid over it
   */
  over(id, base, hands = true) {
    /** @type {Shape | undefined | null} */
    let shape = null;
    const under = () => (shape === null ? base() : shape);
    for (const { put, patch, remove } of this.#shown()) {
      // The server's shape is the one that was put here, and may have been changed since.
      if (put.has(id)) shape = under() ?? put.get(id);
      if (patch.has(id)) shape = merged(under(), patch.get(id));
      if (remove.has(id)) shape = undefined;
    }
    for (const patches of hands ? this.#hands() : []) if (patches.has(id)) shape = merged(under(), patches.get(id));
    return shape;
  }

  /** Where the last pending change that moves it in the order puts it. @param {string} id @returns {Moved | undefined} */
  place(id) {
    /** @type {Moved | undefined} */
    let last;
    for (const { moved } of this.#shown()) last = moved.get(id) ?? last;
    return last;
  }

  *#shown() {
    for (const [changeId, layer] of this.#layers) if (!this.#hidden.has(changeId)) yield layer;
  }

  /** Others' moves and, above them, one's own. */
  *#hands() {
    for (const [who, patches] of this.#previews) if (who !== "") yield patches;
    const own = this.#previews.get("");
    if (own) yield own;
  }
}

/** @param {Layer} layer @returns {string[]} */
function idsOf({ put, patch, remove }) {
  return [...put.keys(), ...patch.keys(), ...remove];
}

/** @param {Shape | undefined} shape @param {Patch | undefined} patch @returns {Shape | undefined} */
function merged(shape, patch) {
  return shape && patched(shape, patch ?? {});
}
