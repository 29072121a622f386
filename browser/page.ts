import type { Board } from "./board.ts";
import type { Hand } from "./hand.ts";
import type { Reversal } from "./types/change.ts";
import type { Image, Shape } from "./types/shape.ts";
import type { Style } from "./types/style.ts";

/** What is to be edited: a shape of the board, one that is not on it yet, or whatever is at a place. */
export interface Target {
  id?: string;
  shape?: Shape;
  x?: number;
  y?: number;
}

/** A text that somebody writes just now. */
export interface Writing {
  /** The shape with that text. */
  readonly shape: Shape | null;
  /** Gives it another look. */
  restyle(style: Partial<Style>): void;
  /** The next key is the text's. */
  focus(): void;
}

/** Opens texts. */
export interface Writer {
  readonly writing: Writing | null;
  open(target: Target): void;
}

/** The pictures of a board. */
export interface BoardPictures {
  /** Puts files on the board, around a place. @returns the shapes' ids */
  take(files: File[], x: number, y: number): Promise<string[]>;
  /** Puts shapes on the board whose files come from elsewhere. @param why such a file cannot be had */
  bring(shapes: Image[], get: (file: string) => Promise<Blob | null>, why: string): Promise<void>;
  /** Crops the picture. @returns whether the target is one */
  edit(target: Target): boolean;
  crop(shape: Image): void;
  replace(shape: Image): void;
}

/** What else may be done with a file that was opened, whose topmost shape this is. */
export interface Instead {
  text: string;
  run: (top: string) => void;
}

/**
 * Puts a drawing's file on the board, around a place: the server reads it.
 * @param instead with it the file is put there only if it looks the same
 * @returns whether it is there, or not wanted any more; without `instead` the person has been told why not
 */
export type Open = (file: File, place: [number, number], instead?: Instead) => Promise<boolean>;

/** All shapes of a large board, of which the page has only a part. */
export interface WholeBoard {
  readonly selected: boolean;
  select(): Promise<void>;
  remove(): void;
  /** @param done such as "Copied" */
  covered(done: string): void;
}

/** The page of a board, for tools, commands and panels: the board, the hand, and what else the page can do. */
export class Page {
  board;
  hand;
  pictures;
  open;
  /** Null unless the board is large. */
  everything;
  /** Takes one's own last change back, or does it again; or brings back what somebody has cleared. */
  revert;
  #writer;

  constructor({
    board,
    hand,
    pictures,
    open,
    everything,
    writer,
    revert,
  }: {
    board: Board;
    hand: Hand;
    pictures: BoardPictures;
    open: Open;
    everything: WholeBoard | null;
    writer: Writer;
    revert: (action: Reversal) => void;
  }) {
    this.board = board;
    this.hand = hand;
    this.pictures = pictures;
    this.open = open;
    this.everything = everything;
    this.revert = revert;
    this.#writer = writer;
  }

  /** Crops a picture, or opens the text of any other target. */
  edit(target: Target) {
    if (!this.pictures.edit(target)) this.#writer.open(target);
  }

  /** The open text; null while nobody writes. */
  get writing() {
    return this.#writer.writing;
  }
}
