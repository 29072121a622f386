// What lies on a board. Coordinates are board px unless a name says otherwise.

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Where a shape lies among the others, bottom to top. The server resolves it; a page knows no numbers, only the order. */
export type Place = number | "front" | "back" | { above: string } | { below: string };

/** What all kinds of shapes have. */
interface Common {
  id: string;
  /** A colour of the palette, or #rrggbb. */
  color: string;
  x: number;
  y: number;
  /** Radians, about the shape's own x, y. */
  rotation: number;
  opacity: number;
  /** "" is no group. */
  group: string;
  /** "owner": by the owner of the board, who alone may change the shape then. */
  locked: boolean | "owner";
  /** Set in a put or a patch only. */
  z?: Place;
}

export type Dash = "solid" | "dashed" | "dotted";

export type Fill = "none" | "tint" | "solid";

export type Align = "left" | "center" | "right";

export type Head = "none" | "arrow" | "triangle" | "dot" | "bar";

/** Points are px relative to x, y, in whole tenths: [x0, y0, x1, y1, …]. */
export interface Stroke extends Common {
  kind: "stroke";
  width: number;
  points: number[];
  /** 0..1, one a point; [] is a stroke of constant width. */
  pressures: number[];
}

/** An end bound to a shape: `at` in fractions of that shape's local box. */
export interface Binding {
  id: string;
  at: [number, number];
}

export interface Line extends Common {
  kind: "line" | "arrow";
  width: number;
  points: number[];
  curved: boolean;
  dash: Dash;
  start: Head;
  end: Head;
  from: Binding | null;
  to: Binding | null;
  text: string;
  size: number;
}

/** A rectangle, an ellipse or a diamond. */
export interface Figure extends Common {
  kind: "rectangle" | "ellipse" | "diamond";
  w: number;
  h: number;
  width: number;
  dash: Dash;
  fill: Fill;
  /** Of the body; "" is the colour of the line. */
  fillColor: string;
  radius: number;
  text: string;
  size: number;
  align: Align;
}

export interface Text extends Common {
  kind: "text";
  /** 0 is as wide as its longest line. */
  w: number;
  text: string;
  size: number;
  align: Align;
}

export interface Note extends Common {
  kind: "note";
  w: number;
  h: number;
  text: string;
  size: number;
  align: Align;
}

export interface Frame extends Common {
  kind: "frame";
  w: number;
  h: number;
  text: string;
}

export interface Image extends Common {
  kind: "image";
  w: number;
  h: number;
  file: string;
  alt: string;
  /** left, top, right, bottom of what is shown, in fractions of the picture; null is all. */
  crop: [number, number, number, number] | null;
  flip: "" | "x" | "y" | "xy";
}

/** A shape as the HTTP API speaks it, with every field of its kind. */
export type Shape = Stroke | Line | Figure | Text | Note | Frame | Image;

/** Fields that a patch sets. `base` is what the text, or the alt, was before; `caret`, a place in the text, is only for the others to see. */
export type Patch = (Shape extends infer S ? (S extends Shape ? Partial<Omit<S, "id" | "kind">> : never) : never) & {
  base?: string;
  caret?: number;
};

/** A shape by its id, as the page shows it. */
export type Find = (id: string) => Shape | undefined;
