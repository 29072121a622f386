import { onceAFrame } from "../ground/frame.ts";
import { kinds, numbers, switches, toolOf } from "../kinds/declared.ts";
import { has } from "../kinds/defaults.ts";
import type { Page } from "../page.ts";
import { onSelected, selected } from "../select/selected.ts";
import type { Shape } from "../types/shape.ts";
import type { Style } from "../types/style.ts";
import { restyle } from "./restyle.ts";

/** Whether a kind has the field and it says something there. */
function shows(kind: Shape["kind"], field: string) {
  return has(kind, field) && !kinds[kind].idle?.includes(field);
}

/** Shows and sets how the next shape looks or, if there is a selection, the selected ones. */
export class StylePanel {
  #element;
  #opener;
  #page;
  #fields;
  #acts;
  /** By the field that it sets */
  #custom: Record<string, HTMLInputElement>;
  #opacity;
  #wrote = false;

  /** @param opener the button that opens it in a small window */
  constructor(element: HTMLElement, opener: HTMLElement, page: Page) {
    this.#element = element;
    this.#opener = opener;
    this.#page = page;
    this.#fields = [...element.querySelectorAll("[data-field]")] as HTMLElement[];
    this.#acts = [...element.querySelectorAll("[data-acts]")] as HTMLElement[];
    this.#custom = {};
    for (const [field, id] of Object.entries({ color: "custom-color", fillColor: "custom-fill-color" })) {
      const input = element.querySelector(`#${id}`) as HTMLInputElement;
      input.addEventListener("change", () => this.#set(field, input.value));
      this.#custom[field] = input;
    }
    this.#opacity = element.querySelector("#opacity") as HTMLInputElement;
    element.addEventListener("click", (event) => this.#clicked(event.target as Element));
    this.#opacity.addEventListener("input", () => this.#slide());
    this.#opacity.addEventListener("change", () => this.#set("opacity", String(Number(this.#opacity.value) / 100)));
    for (const listen of [page.hand.onPreview, page.hand.onSketch]) listen.call(page.hand, () => this.#written());
    for (const listen of [page.hand.onStyle, page.hand.onTool]) listen.call(page.hand, () => this.#soon());
    onSelected(page.board, () => this.#soon());
    this.#soon();
  }

  #soon = onceAFrame(() => this.#show());

  /** Something is written, or was until now. */
  #written() {
    if (this.#page.writing || this.#wrote) this.#soon();
    this.#wrote = this.#page.writing !== null;
  }

  /** The shapes that the panel shows and changes: the one being written, or else the selected ones. */
  get #subject(): Shape[] {
    const written = this.#page.writing?.shape;
    return written ? [written] : selected(this.#page.board);
  }

  #clicked(target: Element) {
    const button = target.closest("[data-value]") as HTMLElement | null;
    const field = button?.closest("[data-field]") as HTMLElement | null | undefined;
    if (button && field) this.#set(field.dataset.field ?? "", button.dataset.value ?? "");
  }

  /** @param value as the markup has it */
  #set(field: string, value: string) {
    const typed = field in numbers ? Number(value) : field in switches ? value === "true" : value;
    this.#page.hand.preview(new Map());
    restyle(this.#page, { [field]: typed } as Partial<Style>);
  }

  /** While the slider moves, the selection shows how it would look. */
  #slide() {
    const opacity = Number(this.#opacity.value) / 100;
    this.#tell(this.#opacity.value);
    if (!this.#page.writing) this.#page.hand.preview(new Map(this.#shapes().map(({ id }) => [id, { opacity }])));
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
    const { size } = this.#page.board.selection.ids;
    for (const acts of this.#acts) acts.hidden = size < (acts.dataset.acts === "many" ? 2 : 1);
    const empty = !all.length && !shown.size;
    this.#element.hidden = empty;
    this.#opener.toggleAttribute("disabled", empty);
    const color = all.length ? this.#values("color", all) : [this.#page.hand.style.color];
    this.#sample(color.length === 1 ? String(color[0]) : "");
  }

  /** The fields to show. @param shapes that may be changed */
  #applying(all: Shape[], shapes: Shape[]) {
    const filled = all.length
      ? shapes.some((shape) => "fill" in shape && shape.fill !== "none")
      : this.#page.hand.style.fill !== "none";
    return this.#offered(all, shapes).filter((name) => name !== "fillColor" || filled);
  }

  #offered(all: Shape[], shapes: Shape[]) {
    if (!all.length) return toolOf(this.#page.hand.toolName).style;
    const kinds = new Set(shapes.map(({ kind }) => kind));
    const names = this.#fields.map(({ dataset }) => dataset.field ?? "");
    return names.filter((name) => [...kinds].some((kind) => shows(kind, name)));
  }

  /** What the selection, or else the next shape, has in this field. */
  #values(name: string, shapes: Shape[]) {
    const having = shapes.filter((shape) => shows(shape.kind, name));
    const values = having.length ? having.map((shape) => (shape as any)[name]) : [(this.#page.hand.style as any)[name]];
    return [...new Set(values)];
  }

  /** @param values more than one are mixed */
  #fill(field: HTMLElement, name: string, values: unknown[]) {
    const value = values.length === 1 ? String(values[0]) : "";
    field.toggleAttribute("data-mixed", values.length > 1);
    for (const button of field.querySelectorAll("[data-value]") as NodeListOf<HTMLElement>) {
      button.setAttribute("aria-pressed", String(values.length === 1 && button.dataset.value === value));
    }
    if (this.#custom[name]) this.#choose(field, this.#custom[name], value);
    if (name !== "opacity" || this.#opacity.matches(":active")) return;
    const percent = value ? Math.round(Number(value) * 100) : 100;
    this.#opacity.value = String(percent);
    this.#tell(value ? String(percent) : "");
  }

  /** A colour that no swatch has. */
  #choose(field: HTMLElement, input: HTMLInputElement, value: string) {
    const own = value.startsWith("#");
    input.toggleAttribute("data-chosen", own && !field.querySelector(`[data-value="${CSS.escape(value)}"]`));
    if (own) input.value = value;
  }

  /** @param percent "" is mixed */
  #tell(percent: string) {
    const output = this.#element.querySelector("output");
    if (output) output.textContent = percent ? `${percent} %` : "mixed";
  }

  /** @param color "" is mixed */
  #sample(color: string) {
    const sample = this.#opener.querySelector(".sample") as HTMLElement | null;
    const shown = color.startsWith("#") ? color : color ? `var(--${color})` : "";
    if (sample) sample.style.background = shown;
    this.#element.style.setProperty("--line-now", shown); // of the swatch that takes the line's colour
  }
}
