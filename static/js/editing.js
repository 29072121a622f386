// @ts-check
import { bindingAt } from "./binding.js";
import { caretPlace, reveal } from "./caret.js";
import { complete } from "./defaults.js";
import { fitted } from "./fitting.js";
import { newId } from "./identifiers.js";
import { kindOf } from "./kinds/index.js";
import { BEFORE } from "./kinds/label.js";
import { clean } from "./text/clean.js";
import { LINE } from "./text/layout.js";

/** @import { Editor } from "./editor.js" */
/** @import { Shape } from "./types.js" */

/** The field's font size, in px; it is scaled to the shape's. Below 16 px iOS would zoom the page. */
const EM = 32;

/** Room beside the text, of the font size: for the caret, and for what is typed until it is laid out. */
const SLACK = 0.6;

/** The API's limits, in characters. */
const MOST = 5_000;
const MOST_TITLE = 200;

/** Whoever writes anywhere in a figure of this size means its label; in a larger one, this near to its middle. In screen px. */
const LABELLED = 400;
const MIDDLE = 40;

/** @typedef {Extract<Shape, { text: string }>} Written */

/**
 * Writing in a shape. The board draws the text, as always; over it lies a field whose letters cannot be seen, only its caret and
 * what is selected in it. So nothing moves when the writing ends, and lines break where they will.
 */
export class Editing {
  #editor;
  #layer;
  #surface;
  /** @type {{ field: HTMLTextAreaElement, shape: Written, isNew: boolean } | null} */
  #open = null;

  /** @param {Editor} editor @param {HTMLElement} layer that goes with the board @param {HTMLElement} surface what pointers meet beside it */
  constructor(editor, layer, surface) {
    this.#editor = editor;
    this.#layer = layer;
    this.#surface = surface;
    editor.shapes.onChange((ids) => this.#open && ids.has(this.#open.shape.id) && this.#changed());
    visualViewport?.addEventListener("resize", () => this.#reveal());
    addEventListener("pagehide", () => this.close());
  }

  /** @param {{ id?: string, shape?: Shape, x?: number, y?: number }} target see Editor.edit */
  open({ id, shape, x = 0, y = 0 }) {
    this.close();
    if (!shape) id ??= this.#figureAt(x, y);
    const isNew = id === undefined;
    const written = id === undefined ? (shape ?? this.#textAt(x, y)) : this.#editor.shapes.get(id);
    if (!this.#editor.mayEdit || !written || written.locked || !("text" in written)) return;
    if (!isNew && this.#editor.toolName === "select" && !this.#editor.selection.ids.has(written.id)) this.#editor.selection.set([written.id]);
    const field = document.createElement("textarea");
    this.#open = { field, shape: written, isNew };
    field.value = written.text;
    field.maxLength = written.kind === "frame" ? MOST_TITLE : MOST;
    field.spellcheck = false;
    field.autocomplete = "off";
    field.setAttribute("aria-label", "Text");
    field.style.textAlign = "align" in written ? written.align : "";
    field.addEventListener("input", () => this.#typed());
    for (const name of ["input", "keyup"]) field.addEventListener(name, () => this.#reveal());
    field.addEventListener("keydown", (event) => this.#key(event));
    field.addEventListener("blur", () => document.hasFocus() && this.close());
    field.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    this.#layer.append(field);
    this.#hideHandles(true);
    this.#typed();
    field.focus({ preventScroll: true });
    field.setSelectionRange(field.value.length, field.value.length);
    this.#reveal();
  }

  /** Ends the writing, and commits it. */
  close() {
    if (!this.#open) return;
    const { field, shape, isNew } = this.#open;
    this.#open = null;
    this.#hideHandles(false);
    const text = clean(field.value);
    field.remove();
    if (isNew) this.#put({ ...shape, text });
    else this.#patch(shape, text);
  }

  /** @param {boolean} hidden */
  #hideHandles(hidden) {
    this.#editor.overlay.busy = hidden;
    this.#editor.overlay.changed();
  }

  /** @param {Written} shape */
  #put(shape) {
    this.#editor.sketch([]);
    if (shape.kind === "text" && !shape.text.trim()) return;
    this.#editor.commit({ put: [shape] });
    this.#editor.made([shape.id]);
  }

  /** @param {Written} before @param {string} text */
  #patch({ id, kind, text: before }, text) {
    this.#editor.preview(new Map());
    const now = this.#editor.shapes.get(id);
    if (!now) return;
    if (kind === "text" && !text.trim()) return this.#editor.commit({ remove: [id] });
    if (text !== before) this.#editor.commit({ patch: { [id]: fitted(now, { text }) } });
    this.#editor.made([id]);
  }

  #typed() {
    if (!this.#open) return;
    const { field, shape, isNew } = this.#open;
    const text = clean(field.value);
    if (isNew) this.#editor.sketch([{ ...shape, text }]);
    else this.#editor.preview(new Map([[shape.id, fitted(shape, { text })]]));
    this.#place();
  }

  /** Somebody else has moved the shape, or removed it. */
  #changed() {
    if (!this.#open || this.#open.isNew) return;
    if (this.#editor.shapes.has(this.#open.shape.id)) return this.#place();
    const { field, shape } = this.#open;
    const text = clean(field.value);
    this.#editor.toast("info", "Somebody has removed what you were writing in.");
    if (text !== shape.text) this.#editor.setAside("Somebody has removed what you were writing in.", [{ ...shape, text }]);
    this.close();
  }

  /** Lays the field over the text. */
  #place() {
    if (!this.#open) return;
    const { field, shape, isNew } = this.#open;
    const now = /** @type {Written} */ (isNew ? shape : (this.#editor.shapes.get(shape.id) ?? shape));
    const label = kindOf(now).label?.({ ...now, text: clean(field.value) }, this.#editor.shapes.find);
    if (!label) return;
    const grows = now.kind === "frame" || (now.kind === "text" && !now.w);
    const slack = label.size * SLACK * (grows ? 1 : 0.01);
    const left = label.x - (label.w + slack) * BEFORE[label.align];
    const scale = label.size / EM;
    field.style.whiteSpace = grows ? "pre" : "pre-wrap";
    field.style.width = `${(label.w + slack) / scale}px`;
    field.style.height = `${label.lines.length * LINE * EM}px`;
    field.style.transform = `translate(${now.x}px, ${now.y}px) rotate(${now.rotation}rad) translate(${left}px, ${label.top}px) scale(${scale})`;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing || !this.#open) return;
    const ends = event.key === "Enter" && (event.ctrlKey || event.metaKey || this.#open.shape.kind === "frame");
    if (!ends && event.key !== "Escape" && event.key !== "Tab") return;
    event.preventDefault();
    event.stopPropagation(); // Escape would go on to what is selected
    this.close();
    this.#layer.parentElement?.focus({ preventScroll: true });
  }

  /** The board zooms and pans under the field too. @param {WheelEvent} event */
  #wheel(event) {
    event.preventDefault();
    this.#surface.dispatchEvent(new WheelEvent("wheel", event));
  }

  /** Moves the board so that the caret is seen. */
  #reveal() {
    requestAnimationFrame(() => {
      if (!this.#open) return;
      const { camera, shapes } = this.#editor;
      const { field, shape, isNew } = this.#open;
      const now = (!isNew && shapes.get(shape.id)) || shape;
      reveal(camera, caretPlace(now, clean(field.value), field.selectionEnd, shapes.find));
    });
  }

  /** The empty figure whose label somebody means who writes there: in a large one, only its middle. @param {number} x @param {number} y */
  #figureAt(x, y) {
    const { shapes, camera } = this.#editor;
    const binding = bindingAt(shapes, x, y, 0);
    const shape = binding ? shapes.get(binding.id) : undefined;
    if (!binding || !shape || shape.locked || !("radius" in shape)) return undefined;
    const middle = Math.hypot(shape.w * (binding.at[0] - 0.5), shape.h * (binding.at[1] - 0.5));
    const means = Math.max(shape.w, shape.h) * camera.zoom <= LABELLED || middle * camera.zoom <= MIDDLE;
    return means ? shape.id : undefined;
  }

  /** @param {number} x @param {number} y the middle of the first line's beginning @returns {Shape} */
  #textAt(x, y) {
    const style = this.#editor.styleOf("text");
    const top = y - (LINE * style.size) / 2;
    return complete("text", newId(), { ...style, x: Math.round(20 * x) / 20, y: Math.round(20 * top) / 20 });
  }
}
