import type { Author } from "./authors.ts";

/** More than so many at once are found by one walk over the board. */
const FEW = 200;

/**
 * Colours shapes by their authors: an element has the number of its author, and a style sheet has a rule for each number. So
 * nothing is drawn again. *Measured*: a style sheet that names the shapes instead takes ten times as long when one comes.
 */
export class Tint {
  #canvas;
  #shapes;
  #sheet = new CSSStyleSheet();
  #people: Map<string, { number: number; color: number }> = new Map();
  #by: Map<string, number> = new Map();

  /** @param shapes their elements */
  constructor(canvas: HTMLElement, shapes: Element) {
    this.#canvas = canvas;
    this.#shapes = shapes;
  }

  show(people: readonly Author[]) {
    if (!this.#canvas.classList.contains("by-author")) document.adoptedStyleSheets.push(this.#sheet);
    const fresh: string[] = [];
    for (const { id, color, shapes } of people) {
      const { number } = this.#people.get(id) ?? this.#begin(id, color);
      for (const shape of shapes) this.#by.set(shape, number);
      fresh.push(...shapes);
    }
    this.mark(fresh);
    this.#canvas.classList.add("by-author");
  }

  /** Elements may have been drawn anew. */
  mark(ids: Iterable<string>) {
    const known = [...ids].filter((id) => this.#by.has(id));
    if (known.length > FEW) for (const element of this.#shapes.children) this.#number(element);
    else
      for (const id of known) {
        const element = this.#shapes.querySelector(`#${CSS.escape(id)}`);
        if (element) this.#number(element);
      }
  }

  /** Leaves only the work of these people in colour; of nobody: everybody's. */
  isolate(people: ReadonlySet<string>) {
    for (const [id, { number, color }] of this.#people)
      this.#paint(number, people.size > 0 && !people.has(id) ? null : color);
  }

  clear() {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== this.#sheet);
    this.#canvas.classList.remove("by-author");
    this.#sheet.replaceSync("");
    this.#people.clear();
    this.#by.clear();
    for (const element of this.#shapes.children) element.removeAttribute("data-by");
  }

  #begin(id: string, color: number) {
    const number = this.#people.size;
    const author = { number, color };
    this.#people.set(id, author);
    this.#sheet.insertRule(`.by-author [data-by="${number}"] {}`, 2 * number);
    this.#sheet.insertRule(`.by-author [data-by="${number}"] :is(image, .sheet, .fold) {}`, 2 * number + 1);
    this.#paint(number, color);
    return author;
  }

  #number(element: Element) {
    const number = this.#by.get(element.id);
    if (number !== undefined) element.setAttribute("data-by", String(number));
  }

  /** @param color null: it is left out */
  #paint(number: number, color: number | null) {
    const [own, parts] = [0, 1].map((rule) => (this.#sheet.cssRules[2 * number + rule] as CSSStyleRule).style);
    const painted = color === null ? "var(--left-out)" : `var(--author-${color})`;
    for (const property of ["color", "stroke"]) own.setProperty(property, painted, "important");
    parts.opacity = color === null ? "0.2" : "";
  }
}
