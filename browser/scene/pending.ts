import { patched } from "../text/reworded.ts";
import type { Change } from "../types/change.ts";
import type { Patch, Rank, Shape } from "../types/shape.ts";

/** One move in the order, right above `after`, which asked for the same place; another one is another object */
export type Moved = { z: Rank; after: string | undefined };

interface Layer {
  put: Map<string, Shape>;
  patch: Map<string, Patch>;
  remove: Set<string>;
  moved: Map<string, Moved>;
  /** When the server had it */
  ts: bigint | null;
}

/**
 * What is laid over the server's shapes: this page's changes that the stream has not brought back yet, in the order in which
 * they were made, and above them what is being moved just now, by others and by this hand.
 */
export class Pending {
  /** By changeId */
  #layers: Map<string, Layer> = new Map();
  /** By whom; "" is this page. */
  #previews: Map<string, ReadonlyMap<string, Patch>> = new Map();
  /** Changes that are being taken back. */
  #hidden: ReadonlySet<string> = new Set();

  get size() {
    return this.#layers.size;
  }

  /** @returns the ids that it touches */
  add(changeId: string, { put = [], patch = {}, remove = [] }: Change): string[] {
    const layer: Layer = { put: new Map(), patch: new Map(), remove: new Set(remove), moved: new Map(), ts: null };
    const last: Map<string, string> = new Map();
    const move = (id: string, z: Rank | undefined) => {
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

  answered(changeId: string, ts: bigint) {
    const layer = this.#layers.get(changeId);
    if (layer) layer.ts = ts;
  }

  /** These changes are being taken back, and no others. @returns the ids whose look may have changed */
  hide(changeIds: ReadonlySet<string>): string[] {
    const changed = [...this.#layers].filter(([changeId]) => changeIds.has(changeId) !== this.#hidden.has(changeId));
    this.#hidden = changeIds;
    return changed.flatMap(([, layer]) => idsOf(layer));
  }

  /** Takes the layers off that the page, which shows all up to `seen`, shows anyway. @returns the ids that they touched */
  settle(seen: bigint): string[] {
    const settled = [...this.#layers].filter(([, { ts }]) => ts !== null && ts <= seen);
    return settled.flatMap(([changeId]) => this.drop(changeId));
  }

  /** Takes the layers off that the server had, in a state that it was put back from. @returns the ids that they touched */
  dropAnswered(): string[] {
    const answered = [...this.#layers].filter(([, { ts }]) => ts !== null);
    return answered.flatMap(([changeId]) => this.drop(changeId));
  }

  /** @returns the ids that it touched */
  drop(changeId: string): string[] {
    const layer = this.#layers.get(changeId);
    this.#layers.delete(changeId);
    return layer ? idsOf(layer) : [];
  }

  /**
   * What somebody moves just now, in place of what they moved before.
   * @returns the ids whose look may have changed
   */
  preview(patches: ReadonlyMap<string, Patch>, who: string): Set<string> {
    const touched = new Set([...(this.#previews.get(who)?.keys() ?? []), ...patches.keys()]);
    this.#previews.delete(who);
    if (patches.size) this.#previews.set(who, patches);
    return touched;
  }

  /** All ids that something is laid over. */
  ids(): Set<string> {
    return new Set([
      ...[...this.#layers.values()].flatMap(idsOf),
      ...[...this.#previews.values()].flatMap((patches) => [...patches.keys()]),
    ]);
  }

  /**
   * The shape as this page is to show it.
   * @param base what the server has; asked only if something is laid over it
   * @param hands whether what hands do just now is laid over it too
   * @returns undefined: it is not there; null: nothing is laid over it
   */
  over(id: string, base: () => Shape | undefined, hands: boolean = true): Shape | undefined | null {
    let shape: Shape | undefined | null = null;
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

  /** Where the last pending change that moves it in the order puts it. */
  place(id: string): Moved | undefined {
    let last: Moved | undefined;
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

function idsOf({ put, patch, remove }: Layer): string[] {
  return [...put.keys(), ...patch.keys(), ...remove];
}

function merged(shape: Shape | undefined, patch: Patch | undefined): Shape | undefined {
  return shape && patched(shape, patch ?? {});
}
