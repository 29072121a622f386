import type { Board } from "../board.ts";
import { newId } from "../ground/identifiers.ts";
import { settings } from "../ground/settings.ts";
import type { Hand } from "../hand.ts";
import { toHundredths } from "../kinds/rounding.ts";
import type { Patch, Shape } from "../types/shape.ts";
import type { Ink } from "../types/tool.ts";
import { heldOf } from "./held.ts";
import type { Field, Sender } from "./sender.ts";

/** A gesture ends and its change is made within one turn of the page; longer than that takes, in ms. */
const TURN = 50;

/** Of the laser's trail, in tenths of a px, x and y. */
const LONGEST_TRAIL = 8_000;

/** At most so many ids of selected shapes are sent. */
const MOST_SELECTED = 200;

/** What this page's person does: where the pointer is, what is selected, drawn, dragged, written and pointed at, for the sender. */
export class Self {
  #board;
  #hand;
  #sender;
  /** Where our pointer is in the window. */
  #pointer: { clientX: number; clientY: number } | null = null;
  /** What it moves, and what it makes. */
  #patches: ReadonlyMap<string, Patch> = new Map();
  #sketches: readonly Shape[] = [];
  /** The same, as others are to see it: until it is known how a gesture ended, what it held. */
  #shown: [ReadonlyMap<string, Patch>, readonly Shape[]] = [new Map(), []];
  /** Shapes that this very gesture has committed */
  #kept: Set<string> = new Set();
  /** The trail of our laser */
  #trail: Ink | null = null;

  /** @param surface what pointers meet */
  constructor(board: Board, hand: Hand, sender: Sender, surface: HTMLElement) {
    this.#board = board;
    this.#hand = hand;
    this.#sender = sender;
    for (const name of ["pointermove", "pointerdown"] as const)
      surface.addEventListener(name, (event) => this.#at(event), { passive: true });
    surface.addEventListener("pointerleave", ({ pointerType }) => pointerType === "mouse" && this.#at(null)); // a lifted finger was there
    settings.listen(() => {
      for (const field of ["cursor", "tool", "selection"] as Field[]) sender.changed(field);
    });
    hand.onTool(() => sender.changed("tool"));
    board.selection.onChange(() => sender.changed("selection"));
    hand.onPreview((patches) => this.#holds(patches, this.#sketches));
    hand.onSketch((shapes) => this.#holds(this.#patches, shapes));
    hand.onInk((ink) => this.#inked(ink));
    hand.onLaser((at) => this.#pointed(at));
    board.onCommit(({ put = [], patch = {} }) => {
      for (const id of [...put.map(({ id }) => id), ...Object.keys(patch)]) this.#kept.add(id);
      setTimeout(() => this.#kept.clear(), TURN);
    });
  }

  /** What others are to see; null is nothing. */
  read(field: Exclude<Field, "viewport" | "following">) {
    const { camera, selection } = this.#board;
    const { toolName } = this.#hand;
    if (field === "drag") return heldOf(...this.#shown);
    if (!settings.shown) return null;
    if (field === "tool") return toolName;
    if (field === "selection") return selection.ids.size ? [...selection.ids].slice(0, MOST_SELECTED) : null;
    return this.#pointer && camera.toBoard(this.#pointer.clientX, this.#pointer.clientY).map(bounded);
  }

  /** @param event null: the cursor is elsewhere */
  #at(event: PointerEvent | null) {
    this.#pointer = event && { clientX: event.clientX, clientY: event.clientY };
    this.#sender.changed("cursor");
  }

  #holds(patches: ReadonlyMap<string, Patch>, sketches: readonly Shape[]) {
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

  #inked(ink: Ink | null) {
    if (ink) return this.#sender.wet("ink", ink);
    const { inHand } = this.#sender;
    if (inHand) this.#ended([inHand], (kept) => (kept ? this.#sender.kept("ink") : this.#sender.wet("ink", null)));
  }

  #pointed(at: { x: number; y: number } | null) {
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
   * flicker; if not, they are notified at once.
   */
  #ended(ids: string[], end: (kept: boolean) => void) {
    if (ids.length) setTimeout(() => end(ids.some((id) => this.#kept.has(id))));
  }
}

/** As the server takes a place. */
export function bounded(value: number) {
  return Math.max(-1e6, Math.min(1e6, toHundredths(value)));
}
