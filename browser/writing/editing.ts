import type { Board } from "../board.ts";
import { focusBoard } from "../ground/focus.ts";
import { onKey } from "../ground/keydown.ts";
import type { Hand } from "../hand.ts";
import { has } from "../kinds/defaults.ts";
import { fitted } from "../kinds/fitting.ts";
import type { Target, Writer, Writing } from "../page.ts";
import { toast } from "../site/toast.ts";
import { merged } from "../text/merge.ts";
import type { Wording } from "../text/wording.ts";
import type { Patch, Shape } from "../types/shape.ts";
import type { Style } from "../types/style.ts";
import { keepsWriting } from "./beside.ts";
import { Field } from "./field.ts";
import { OpenText } from "./open-text.ts";
import { figureAt, textAt } from "./spot.ts";
import type { Written } from "./written.ts";

/**
 * Writing in a shape. The board draws the text, as always; over it lies a field whose letters cannot be seen, only its caret and
 * what is selected in it. So nothing moves when the writing ends, and lines break where they will. Others may write there too:
 * their words come into the field as they write them.
 */
export class Editing implements Writer {
  #board;
  #hand;
  #layer;
  #surface;
  #open: OpenText | null = null;

  /** @param layer that goes with the board @param surface what pointers meet beside it */
  constructor(board: Board, hand: Hand, layer: HTMLElement, surface: HTMLElement) {
    this.#board = board;
    this.#hand = hand;
    this.#layer = layer;
    this.#surface = surface;
    board.shapes.onChange((ids) => this.#open && ids.has(this.#open.shape.id) && this.#changed());
    visualViewport?.addEventListener("resize", () => this.#reveal());
    document.addEventListener(
      "selectionchange",
      () => document.activeElement === this.#open?.field.element && this.#tell(),
    );
    document.addEventListener("focusout", ({ relatedTarget }) => this.#left(relatedTarget));
    addEventListener("pagehide", () => this.close());
  }

  /** Of a place: what lies there, or a new text. */
  open({ id, shape, x = 0, y = 0 }: Target) {
    this.close();
    const { shapes, selection } = this.#board;
    if (!shape) id ??= figureAt(this.#board, x, y);
    const isNew = id === undefined;
    const written = id === undefined ? (shape ?? textAt(this.#hand, x, y)) : shapes.get(id);
    if (!this.#board.mayEdit || !written || written.locked || !("text" in written)) return;
    if (!isNew && this.#hand.toolName === "select" && !selection.ids.has(written.id)) selection.set([written.id]);
    const field = new Field(this.#layer, this.#surface, written);
    this.#open = new OpenText(this.#board, field, written, isNew);
    field.element.addEventListener("input", () => this.#typed());
    field.element.addEventListener("compositionend", () => this.#changed());
    for (const name of ["input", "keyup"]) field.element.addEventListener(name, () => this.#reveal());
    onKey(field.element, (event) => this.#key(event));
    this.#hideHandles(true);
    this.#tell();
    this.#reveal();
  }

  /** Ends the writing, and commits it. */
  close() {
    if (!this.#open) return;
    this.#open.read();
    const { field, shape, isNew, wording } = this.#open;
    this.#open = null;
    this.#hideHandles(false);
    field.element.remove();
    if (isNew) this.#put({ ...shape, text: wording.shown });
    else this.#patch(shape, wording);
  }

  /** Itself, while somebody writes. */
  get writing(): Writing | null {
    return this.#open && this;
  }

  /** What is written in, as it is now. */
  get shape(): Shape | null {
    return this.#open && { ...this.#open.settled, text: this.#open.wording.shown };
  }

  /** Gives what is written in another look, and goes on. */
  restyle(style: Partial<Style>) {
    if (!this.#open) return;
    const { shape, isNew, settled, wording } = this.#open;
    const fields = Object.fromEntries(Object.entries(style).filter(([name]) => has(shape.kind, name))) as Patch;
    const look = fitted({ ...settled, text: wording.shown }, fields);
    if (isNew) this.#open.shape = { ...shape, ...look } as Written;
    else if (Object.keys(look).length) this.#board.commit({ patch: { [shape.id]: look } });
    this.#tell();
  }

  /** The next key is the text's. */
  focus() {
    this.#open?.field.focus();
  }

  #hideHandles(hidden: boolean) {
    this.#hand.overlay.busy = hidden;
    this.#hand.overlay.changed();
  }

  #put(shape: Written) {
    this.#hand.sketch([]);
    if (shape.kind === "text" && !shape.text.trim()) return;
    this.#board.commit({ put: [shape] });
    this.#hand.made([shape.id]);
  }

  #patch({ id, kind }: Written, { base, own: text }: Wording) {
    this.#hand.preview(new Map());
    const now = this.#board.shapes.get(id) as Written | undefined;
    if (!now) return;
    const together = merged(base, now.text, text);
    if (kind === "text" && !together.trim()) return this.#board.commit({ remove: [id] });
    if (text !== base) this.#board.commit({ patch: { [id]: { ...fitted(now, { text: together }), text, base } } });
    this.#hand.made([id]);
  }

  #typed() {
    this.#open?.read();
    this.#tell();
    this.#together();
  }

  /** Shows what is written, to others too. */
  #tell() {
    if (!this.#open) return;
    const { field, shape, isNew, settled, wording } = this.#open;
    const { own: text, base, shown } = wording;
    if (isNew) this.#hand.sketch([{ ...shape, text: shown }]);
    else
      this.#hand.preview(
        new Map([[shape.id, { ...fitted(settled, { text: shown }), text, base, caret: wording.place(field.caret) }]]),
      );
    this.#open.place();
  }

  /** Somebody else has changed the shape, or removed it. */
  #changed() {
    if (!this.#open || this.#open.isNew) return;
    const { shape, wording } = this.#open;
    if (this.#board.shapes.has(shape.id)) {
      this.#together();
      return this.#open.place();
    }
    this.#open.read();
    const why = "Somebody has removed what you were writing in.";
    if (wording.own !== wording.base) this.#board.setAside(why, [{ ...shape, text: wording.shown }]);
    toast("info", why);
    this.close();
  }

  /** Words of others come in. While an input method composes they wait: it would be disturbed. */
  #together() {
    if (!this.#open || this.#open.isNew || this.#open.field.composing) return;
    const { field, shape, settled, wording } = this.#open;
    const { text } = settled;
    if (text !== wording.base) {
      wording.rebase(text);
      this.#tell();
    }
    const shown = (this.#board.shapes.get(shape.id) as Written).text;
    if (wording.differs(shown, field.caret)) this.#open.replace(shown);
  }

  #key(event: KeyboardEvent) {
    if (!this.#open) return;
    const { field, shape } = this.#open;
    const ends =
      event.key === "Escape" || (event.key === "Enter" && (event.ctrlKey || event.metaKey || shape.kind === "frame"));
    const indents = event.key === "Tab" && !event.ctrlKey && !event.altKey && !event.metaKey;
    if (!ends && !indents) return;
    event.preventDefault();
    event.stopPropagation(); // Escape would go on to what is selected
    if (indents) return field.indent(event.shiftKey);
    this.close();
    focusBoard();
  }

  /** The focus goes elsewhere, from the field or from a panel beside it. */
  #left(to: EventTarget | null) {
    if (!this.#open || !document.hasFocus() || keepsWriting(to)) return;
    const { element } = this.#open.field;
    // A slider that gives the focus back says that it went nowhere: its `change` has given it back already.
    if (to !== element && document.activeElement !== element) this.close();
  }

  #reveal() {
    requestAnimationFrame(() => this.#open?.reveal());
  }
}
