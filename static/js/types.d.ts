/** Types that several modules share. Coordinates are board px unless a name says otherwise. */

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

export interface Style {
  color: string;
  width: number;
}

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
  locked: boolean;
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

export type Find = (id: string) => Shape | undefined;

/** How one kind of shape is drawn and measured. Pure; local coordinates are relative to x, y, before rotation. */
export interface Kind<S extends Shape = Shape> {
  /** The whole element, the same markup as the server's. */
  svg(shape: S, find: Find): string;
  /** Local, without the stroke's width, heads of arrows and what a label needs more. */
  box(shape: S, find: Find): Box;
  /** Local, around everything that is drawn. */
  ink(shape: S, find: Find): Box;
  /** From a local place: 0 on ink, and inside a body that is filled or has text. */
  distance(shape: S, x: number, y: number, find: Find): number;
  /** The patch, x and y included, that maps its local box `from` to `to` (both in the shape's present local coordinates). */
  resize(shape: S, from: Box, to: Box): Partial<S>;
  resizing: "free" | "ratio" | "width" | "ends";
}

/** A stroke as a tool puts it; the server fills in the rest. */
export interface PlainStroke {
  id: string;
  kind: "stroke";
  color: string;
  x: number;
  y: number;
  width: number;
  points: number[];
}

/** What one gesture does to the board. */
export interface Change {
  put?: PlainStroke[];
  remove?: string[];
}

/** One request that waits in the outbox: a change, or an undo or redo of one. */
export interface Entry extends Change {
  changeId: string;
  action: "changes" | "undo" | "redo";
}

/** The server's answer to an entry. `{}` when there was nothing to undo. */
export interface Answer {
  changeId?: string;
  ts?: string;
  undoes?: string;
  kept?: string[];
}

/** One position of the pointer, on the board and in the window. */
export interface Sample {
  x: number;
  y: number;
  clientX: number;
  clientY: number;
}

/** A tool: what a press, moves and a release of the pointer mean. Only `release` gives a change. */
export interface Tool {
  readonly name: string;
  /** False for tools that only look, which a viewer may use. */
  readonly writes: boolean;
  press(sample: Sample, pointerType: string): void;
  move(samples: Sample[], predicted: Sample[]): void;
  release(): Change | null;
  cancel(): void;
}

export type Role = "owner" | "editor" | "commenter" | "viewer";

/** What we use of ClerkJS. */
export interface Clerk {
  isSignedIn: boolean;
  session: { id: string; getToken(options?: { skipCache?: boolean }): Promise<string | null> } | null | undefined;
  load(options?: object): Promise<void>;
  mountSignIn(element: HTMLDivElement, options: { fallbackRedirectUrl: string; signUpFallbackRedirectUrl: string }): void;
  signOut(): Promise<void>;
}

declare global {
  interface Window {
    Clerk?: Clerk;
    __internal_ClerkUICtor?: unknown;
  }
}
