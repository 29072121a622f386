/** Types that several modules share. Coordinates are board px unless a name says otherwise. */

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

type Dash = "solid" | "dashed" | "dotted";
type Fill = "none" | "tint" | "solid";
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

/** Lines in local px */
export interface Label {
  lines: readonly { text: string; width: number }[];
  size: number;
  align: Align;
  /** Where the lines begin, have their middle or end */
  x: number;
  top: number;
  /** What they are broken at, or as wide as they are */
  w: number;
  /** Around the lines */
  box: Box;
}

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
  /** Where its text stands, or would; kinds that have none have no `label`. */
  label?(shape: S, find: Find): Label;
}

/** A stroke while it is drawn. `points` are in tenths of a px relative to x, y; `id` is that of the shape to come. */
export interface Ink {
  id: string;
  x: number;
  y: number;
  points: number[];
  pressures?: number[];
  color: string;
  width: number;
  opacity: number;
}

/** What one gesture does to the board. */
export interface Change {
  put?: Shape[];
  patch?: Record<string, Patch>;
  remove?: string[];
}

/** A picture on its way to the server. */
export interface Upload {
  /** Under which the server puts it on the board once, however often it is sent. */
  operationId: string;
  /** As it is shown meanwhile: its `file` is the operation id. */
  shape: Image;
  file: Blob;
  /** What the file is called. */
  name: string;
  /** The image that shows this picture from now on; null puts a new one. */
  replaces: string | null;
  /** When it was added, in ms since the epoch. */
  at: number;
}

/** One request that waits in the outbox: a change, or an undo or redo of one. */
export interface Entry extends Change {
  changeId: string;
  action: "changes" | "undo" | "redo";
  /** The entry that this is one gesture with. */
  continues?: string;
  /** Another person of this browser made it. */
  adopted?: boolean;
}

/** The server's answer to an entry. `{}` when there was nothing to undo. */
export interface Answer {
  changeId?: string;
  ts?: string;
  undoes?: string;
  kept?: string[];
  /** The gesture has parts left to take back. */
  more?: boolean;
}

/** What new shapes look like; each kind takes the fields that it has. */
export interface Style {
  color: string;
  width: number;
  opacity: number;
  fill: Fill;
  fillColor: string;
  dash: Dash;
  size: number;
  align: Align;
  start: Head;
  end: Head;
  curved: boolean;
  /** Of rectangles. */
  radius: number;
  /** Of the pen: how much it steadies the hand, and whether its width follows the pressure: never, that of a pen that knows it, or always. */
  smoothing: "none" | "low" | "high";
  pressure: "never" | "pen" | "always";
  /** Of the eraser: whole shapes, or of strokes only the part that it passes. */
  erase: "whole" | "part";
}

/** One position of the pointer, on the board and in the window. */
export interface Sample {
  x: number;
  y: number;
  clientX: number;
  clientY: number;
  /** In ms, of the page's own clock. */
  time: number;
  /** 0 to 1; 0.5 is what a device says that does not know. */
  pressure: number;
  shift: boolean;
  alt: boolean;
  /** Ctrl, or Command on a Mac. */
  ctrl: boolean;
}

/** A tool: what a press, moves and a release of the pointer mean. Only `release` gives a change. */
export interface Tool {
  readonly name: string;
  /** True: a drag begins after 4 px (6 px by touch), and a finger that rests for 500 ms opens the menu. */
  readonly patient?: boolean;
  /** True: a finger uses it too while a pen is in use, when with other tools it moves the board. */
  readonly fingers?: boolean;
  press(sample: Sample, pointerType: string): void;
  move(samples: Sample[], predicted: Sample[]): void;
  release(): Change | null;
  /** Takes back what the gesture did so far. Called with nothing pressed too, by Escape: true = there was something to cancel. */
  cancel(): boolean | void;
  /** Not pressed. May answer a CSS cursor. */
  hover?(sample: Sample, pointerType: string): string | void;
  /** A double click or tap; after the second release. */
  double?(sample: Sample): void;
  /** Before the shortcuts; true = taken. */
  key?(event: KeyboardEvent): boolean;
  /** Another tool was chosen. */
  leave?(): void;
}

export type ToolName =
  | "select"
  | "hand"
  | "pen"
  | "highlighter"
  | "image"
  | "eraser"
  | "laser"
  | "rectangle"
  | "diamond"
  | "ellipse"
  | "arrow"
  | "line"
  | "frame"
  | "text"
  | "note";

/** What we use of ClerkJS. */
export interface Clerk {
  isSignedIn: boolean;
  session: { id: string; getToken(options?: { skipCache?: boolean }): Promise<string | null> } | null | undefined;
  load(options?: object): Promise<void>;
  mountSignIn(
    element: HTMLDivElement,
    options: { fallbackRedirectUrl: string; signUpFallbackRedirectUrl: string },
  ): void;
  signOut(): Promise<void>;
}

declare global {
  interface Window {
    Clerk?: Clerk;
    __internal_ClerkUICtor?: unknown;
  }
}
