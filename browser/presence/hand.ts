import type { Editor } from "../editor.ts";
import { newId } from "../ground/identifiers.ts";
import { settings } from "../ground/settings.ts";
import type { Ink, Patch, Shape } from "../types.ts";
import { heldOf } from "./held.ts";
import type { Field, Sender } from "./sender.ts";

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
  constructor(editor: Editor, sender: Sender, surface: HTMLElement) {
    this.#editor = editor;
    this.#sender = sender;
    for (const name of ["pointermove", "pointerdown"] as const)
      surface.addEventListener(name, (event) => this.#at(event), { passive: true });
    surface.addEventListener("pointerleave", ({ pointerType }) => pointerType === "mouse" && this.#at(null)); // a lifted finger was there
    settings.listen(() => {
      for (const field of ["cursor", "tool", "selection"] as Field[]) sender.changed(field);
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

  /** What others are to see; null is nothing. */
  read(field: Exclude<Field, "viewport" | "following">) {
    const { camera, selection, toolName } = this.#editor;
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
   * flicker; if not, they are told at once.
   */
  #ended(ids: string[], end: (kept: boolean) => void) {
    if (ids.length) setTimeout(() => end(ids.some((id) => this.#kept.has(id))));
  }
}

/** As the server takes a place. */
export function bounded(value: number) {
  return Math.max(-1e6, Math.min(1e6, Math.round(value * 100) / 100));
}
