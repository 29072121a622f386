// @ts-check
import { onSelected, selected } from "./commands/selected.js";
import { has } from "./defaults.js";

/** @import { Editor } from "./editor.js" */
/** @import { Shape, Style } from "./types.js" */

/** What each tool's next shape can look like. @type {Record<string, string[]>} */
const OF_TOOL = {
  pen: ["color", "width", "opacity", "smoothing", "pressure"],
  highlighter: ["color", "width"],
  eraser: ["erase"],
  rectangle: ["color", "fill", "fillColor", "width", "dash", "radius", "size", "align", "opacity"],
  diamond: ["color", "fill", "fillColor", "width", "dash", "size", "align", "opacity"],
  ellipse: ["color", "fill", "fillColor", "width", "dash", "size", "align", "opacity"],
  line: ["color", "width", "dash", "curved", "start", "end", "opacity"],
  arrow: ["color", "width", "dash", "curved", "start", "end", "size", "opacity"],
  text: ["color", "size", "align", "opacity"],
  note: ["color", "size", "align", "opacity"],
  frame: ["color"],
};

/** Fields that a kind has and that say nothing there. @type {Partial<Record<Shape["kind"], string[]>>} */
const IDLE = { ellipse: ["radius"], diamond: ["radius"], frame: ["opacity"], image: ["color"] };

const NUMBERS = ["width", "radius", "size", "opacity"];
const SWITCHES = ["curved"];

/** Shows and sets how the next shape looks or, if there is a selection, the selected ones. */
export class StylePanel {
  #element;
  #opener;
  #editor;
  #fields;
  #acts;
  /** @type {Record<string, HTMLInputElement>} by the field that it sets */
  #custom;
  #opacity;
  #frame = 0;
  #wrote = false;

  /** @param {HTMLElement} element @param {HTMLElement} opener the button that opens it in a small window @param {Editor} editor */
  constructor(element, opener, editor) {
    this.#element = element;
    this.#opener = opener;
    this.#editor = editor;
    this.#fields = /** @type {HTMLElement[]} */ ([...element.querySelectorAll("[data-field]")]);
    this.#acts = /** @type {HTMLElement[]} */ ([...element.querySelectorAll("[data-acts]")]);
    this.#custom = {};
    for (const [field, id] of Object.entries({ color: "custom-color", fillColor: "custom-fill-color" })) {
      const input = /** @type {HTMLInputElement} */ (element.querySelector(`#${id}`));
      input.addEventListener("change", () => this.#set(field, input.value));
      this.#custom[field] = input;
    }
    this.#opacity = /** @type {HTMLInputElement} */ (element.querySelector("#opacity"));
    element.addEventListener("click", (event) => this.#clicked(/** @type {Element} */ (event.target)));
    this.#opacity.addEventListener("input", () => this.#slide());
    this.#opacity.addEventListener("change", () => this.#set("opacity", String(Number(this.#opacity.value) / 100)));
    for (const listen of [editor.onPreview, editor.onSketch]) listen.call(editor, () => this.#written());
    for (const listen of [editor.onStyle, editor.onTool]) listen.call(editor, () => this.#soon());
    onSelected(editor, () => this.#soon());
    this.#soon();
  }

  #soon() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#show();
    });
  }

  /** Something is written, or was until now. */
  #written() {
    if (this.#editor.writing || this.#wrote) this.#soon();
    this.#wrote = this.#editor.writing !== null;
  }

  /** What is shown and set: what is being written, or else what is selected. @returns {Shape[]} */
  get #subject() {
    const written = this.#editor.writing?.shape;
    return written ? [written] : selected(this.#editor);
  }

  /** @param {Element} target */
  #clicked(target) {
    const button = /** @type {HTMLElement | null} */ (target.closest("[data-value]"));
    const field = /** @type {HTMLElement | null | undefined} */ (button?.closest("[data-field]"));
    if (button && field) this.#set(field.dataset.field ?? "", button.dataset.value ?? "");
  }

  /** @param {string} field @param {string} value as the markup has it */
  #set(field, value) {
    const typed = NUMBERS.includes(field) ? Number(value) : SWITCHES.includes(field) ? value === "true" : value;
    this.#editor.preview(new Map());
    this.#editor.setStyle(/** @type {Partial<Style>} */ ({ [field]: typed }));
  }

  /** While the slider moves, the selection shows how it would look. */
  #slide() {
    const opacity = Number(this.#opacity.value) / 100;
    this.#tell(this.#opacity.value);
    if (!this.#editor.writing) this.#editor.preview(new Map(this.#shapes().map(({ id }) => [id, { opacity }])));
  }

  #shapes() {
    return this.#subject.filter((shape) => !shape.locked);
  }

  #show() {
    const all = this.#subject;
    const shapes = all.filter((shape) => !shape.locked);
    const shown = new Set(this.#applying(all, shapes));
    for (const field of this.#fields) {
      const name = field.dataset.field ?? "";
      field.hidden = !shown.has(name);
      if (!field.hidden) this.#fill(field, name, this.#values(name, shapes));
    }
    const { size } = this.#editor.selection.ids;
    for (const acts of this.#acts) acts.hidden = size < (acts.dataset.acts === "many" ? 2 : 1);
    const empty = !all.length && !shown.size;
    this.#element.hidden = empty;
    this.#opener.toggleAttribute("disabled", empty);
    const color = all.length ? this.#values("color", all) : [this.#editor.style.color];
    this.#sample(color.length === 1 ? String(color[0]) : "");
  }

  /** The fields to show. @param {Shape[]} all @param {Shape[]} shapes that may be changed */
  #applying(all, shapes) {
    const filled = all.length ? shapes.some((shape) => "fill" in shape && shape.fill !== "none") : this.#editor.style.fill !== "none";
    return this.#offered(all, shapes).filter((name) => name !== "fillColor" || filled);
  }

  /** @param {Shape[]} all @param {Shape[]} shapes */
  #offered(all, shapes) {
    if (!all.length) return OF_TOOL[this.#editor.toolName] ?? [];
    const kinds = new Set(shapes.map(({ kind }) => kind));
    const names = this.#fields.map(({ dataset }) => dataset.field ?? "");
    return names.filter((name) => [...kinds].some((kind) => has(kind, name) && !IDLE[kind]?.includes(name)));
  }

  /** What the selection, or else the next shape, has in this field. @param {string} name @param {Shape[]} shapes */
  #values(name, shapes) {
    const having = shapes.filter((shape) => name in shape && !IDLE[shape.kind]?.includes(name));
    const values = having.length ? having.map((shape) => /** @type {any} */ (shape)[name]) : [/** @type {any} */ (this.#editor.style)[name]];
    return [...new Set(values)];
  }

  /** @param {HTMLElement} field @param {string} name @param {unknown[]} values more than one are mixed */
  #fill(field, name, values) {
    const value = values.length === 1 ? String(values[0]) : "";
    field.toggleAttribute("data-mixed", values.length > 1);
    for (const button of /** @type {NodeListOf<HTMLElement>} */ (field.querySelectorAll("[data-value]"))) {
      button.setAttribute("aria-pressed", String(values.length === 1 && button.dataset.value === value));
    }
    if (this.#custom[name]) this.#choose(field, this.#custom[name], value);
    if (name !== "opacity" || this.#opacity.matches(":active")) return;
    const percent = value ? Math.round(Number(value) * 100) : 100;
    this.#opacity.value = String(percent);
    this.#tell(value ? String(percent) : "");
  }

  /** A colour that no swatch has. @param {HTMLElement} field @param {HTMLInputElement} input @param {string} value */
  #choose(field, input, value) {
    const own = value.startsWith("#");
    input.toggleAttribute("data-chosen", own && !field.querySelector(`[data-value="${CSS.escape(value)}"]`));
    if (own) input.value = value;
  }

  /** @param {string} percent "" is mixed */
  #tell(percent) {
    const output = this.#element.querySelector("output");
    if (output) output.textContent = percent ? `${percent} %` : "mixed";
  }

  /** @param {string} color "" is mixed */
  #sample(color) {
    const sample = /** @type {HTMLElement | null} */ (this.#opener.querySelector(".sample"));
    const shown = color.startsWith("#") ? color : color ? `var(--${color})` : "";
    if (sample) sample.style.background = shown;
    this.#element.style.setProperty("--line-now", shown); // of the swatch that takes the line's colour
  }
}
