// What lies on a board. Coordinates are board px unless a name says otherwise.
import type { Choice, Figure as Closed, SelfDrawn, SelfDrawnKind } from "../../shapes/types.ts";

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Where a shape lies among the others, bottom to top. The server resolves it; a page knows no numbers, only the order. */
export type Rank = number | "front" | "back" | { above: string } | { below: string };

export type Dash = Choice<"dash">;
export type Fill = Choice<"fill">;
export type Align = Choice<"align">;
export type Head = Choice<"end">;

/** An end bound to a shape: `at` in fractions of that shape's local box. */
export interface Binding {
  id: string;
  at: [number, number];
}

/** The fields that are more than a number, a choice or a text. shapes/kinds.json declares all fields of each kind. */
interface Own {
  /** "owner": by the owner of the board, who alone may change the shape then. */
  locked: boolean | "owner";
  /** Px relative to x, y, in whole tenths: [x0, y0, x1, y1, …]. */
  points: number[];
  /** 0..1, one a point; [] is a stroke of constant width. */
  pressures: number[];
  from: Binding | null;
  to: Binding | null;
  /** left, top, right, bottom of what is shown, in fractions of the picture; null is all. */
  crop: [number, number, number, number] | null;
}

/** `z` is set in a put or a patch only. */
type Base = { id: string; z?: Rank };
type Of<K extends SelfDrawnKind> = K extends SelfDrawnKind ? SelfDrawn<K, Own> & Base : never;

export type Stroke = Of<"stroke">;
export type Line = Omit<Of<"line">, "kind"> & { kind: "line" | "arrow" };
/** A closed figure. `fillColor` is that of its body; "" is the colour of the line. */
export type Figure = Closed<Own> & Base;
/** `w` 0 is as wide as its longest line. */
export type Text = Of<"text">;
export type Note = Of<"note">;
export type Frame = Of<"frame">;
export type Image = Of<"image">;

/** A shape as the HTTP API speaks it, with every field of its kind. */
export type Shape = Line | Figure | Of<Exclude<SelfDrawnKind, "line" | "arrow">>;

/** Fields that a patch sets. `base` is what the text, or the alt, was before; `caret`, a place in the text, is only for the others to see. */
export type Patch = (Shape extends infer S ? (S extends Shape ? Partial<Omit<S, "id" | "kind">> : never) : never) & {
  base?: string;
  caret?: number;
};

/** A shape by its id, as the page shows it. */
export type Find = (id: string) => Shape | undefined;
