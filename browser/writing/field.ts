import { kinds, texts } from "../kinds/declared.ts";
import { kindOf } from "../kinds/index.ts";
import { BEFORE } from "../kinds/label.ts";
import { clean } from "../text/clean.ts";
import { LINE } from "../text/layout.ts";
import { moved } from "../text/words.ts";
import type { Find } from "../types/shape.ts";
import type { Written } from "./written.ts";

/** The field's font size, in px; it is scaled to the shape's. Below 16 px iOS would zoom the page. */
const EM = 32;

/** Room beside the text, of the font size: for the caret, and for what is typed until it is laid out. */
const SLACK = 0.6;

/** What Tab puts before a line, and what Shift+Tab takes away there. */
const INDENT = "    ";
const OUTDENT = /^(\t| {1,4})/;

/** What a person writes in: a text area whose letters cannot be seen, only its caret and what is selected. */
export class Field {
  element = document.createElement("textarea");
  #kind;
  /** Whether an input method has not decided yet. */
  composing = false;

  /** @param surface what pointers meet beside it */
  constructor(layer: HTMLElement, surface: HTMLElement, { kind, text }: Written) {
    this.#kind = kind;
    const { element } = this;
    element.value = text;
    element.maxLength = kinds[kind].most?.text ?? texts.text;
    element.spellcheck = false;
    element.autocomplete = "off";
    element.setAttribute("aria-label", "Text");
    element.addEventListener("compositionstart", () => (this.composing = true));
    element.addEventListener("compositionend", () => (this.composing = false));
    element.addEventListener(
      "wheel",
      (event) => {
        event.preventDefault(); // the board zooms and pans under the field too
        surface.dispatchEvent(new WheelEvent("wheel", event));
      },
      { passive: false },
    );
    layer.append(element);
    this.focus();
    element.setSelectionRange(text.length, text.length);
  }

  get text() {
    return clean(this.element.value);
  }

  get caret() {
    return Math.min(this.element.selectionEnd, this.text.length);
  }

  /** The caret is where it was. */
  focus() {
    this.element.focus({ preventScroll: true });
  }

  /** Others have changed the text: the caret stays at its word. */
  replace(text: string) {
    const { element, text: before } = this;
    const [from, to] = [element.selectionStart, element.selectionEnd].map((at) => moved(before, text, at));
    const { selectionDirection } = element;
    element.value = text;
    element.setSelectionRange(from, to, selectionDirection);
  }

  /** Moves the lines of the selection in, or out. A title has one line, which stays. */
  indent(out: boolean) {
    if (this.#kind === "frame") return;
    const { element } = this;
    const { value, selectionStart, selectionEnd } = element;
    const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
    const lines = value.slice(start, selectionEnd).split("\n");
    const after = lines.map((line) => (out ? line.replace(OUTDENT, "") : INDENT + line));
    if (lines.every((line, i) => line === after[i])) return;
    element.setSelectionRange(start, selectionEnd);
    document.execCommand("insertText", false, after.join("\n")); // so Ctrl+Z takes it back
    const first = after[0].length - lines[0].length;
    const all = after.join("").length - lines.join("").length;
    element.setSelectionRange(Math.max(start, selectionStart + first), Math.max(start, selectionEnd + all));
  }

  /** Lays it over the text. */
  lay(shape: Written, find: Find) {
    const label = kindOf(shape).label?.({ ...shape, text: this.text } as any, find);
    if (!label) return;
    const grows = shape.kind === "frame" || (shape.kind === "text" && !shape.w);
    const slack = label.size * SLACK * (grows ? 1 : 0.01);
    const left = label.x - (label.w + slack) * BEFORE[label.align];
    const scale = label.size / EM;
    const { style } = this.element;
    style.textAlign = "align" in shape ? shape.align : "";
    style.whiteSpace = grows ? "pre" : "pre-wrap";
    style.width = `${(label.w + slack) / scale}px`;
    style.height = `${label.lines.length * LINE * EM}px`;
    style.transform = `translate(${shape.x}px, ${shape.y}px) rotate(${shape.rotation}rad) translate(${left}px, ${label.top}px) scale(${scale})`;
  }
}
