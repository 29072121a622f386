import type { Board } from "../board.ts";
import { Wording } from "../text/wording.ts";
import { caretPlace, reveal } from "./caret.ts";
import type { Field } from "./field.ts";
import type { Written } from "./written.ts";

/** A text while somebody writes it: the shape that it belongs to, the field over it, and its words. */
export class OpenText {
  field;
  /** As it was when the writing began. */
  shape;
  /** Whether the board does not have the shape yet. */
  isNew;
  wording;
  #board;

  constructor(board: Board, field: Field, shape: Written, isNew: boolean) {
    this.#board = board;
    this.field = field;
    this.shape = shape;
    this.isNew = isNew;
    this.wording = new Wording(this.settled.text, shape.text);
  }

  /** The shape as it is without what is being written. */
  get settled(): Written {
    const { shape } = this;
    return this.isNew ? shape : ((this.#board.shapes.settled(shape.id) ?? shape) as Written);
  }

  /** The shape as the page shows it. */
  get seen(): Written {
    const { shape } = this;
    return ((!this.isNew && this.#board.shapes.get(shape.id)) || shape) as Written;
  }

  /** Takes what the field says. */
  read() {
    this.wording.typed(this.field.text, this.field.caret);
  }

  /** Shows a text with words of others. */
  replace(text: string) {
    this.field.replace(text);
    this.wording.shown = text;
    this.place();
  }

  /** Lays the field over the text. */
  place() {
    this.field.lay(this.seen, this.#board.shapes.find);
  }

  /** Moves the board so that the caret is seen. */
  reveal() {
    const { element, text } = this.field;
    const { camera, shapes } = this.#board;
    reveal(camera, caretPlace(this.seen, text, element.selectionEnd, shapes.find));
  }
}
