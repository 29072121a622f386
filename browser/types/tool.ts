import type { Change } from "./change.ts";

/** A stroke while it is drawn. `points` are in tenths of a px relative to x, y; `id` is that of the shape to come. */
export interface Ink {
  id: string;
  x: number;
  y: number;
  points: number[];
  pressures?: number[];
  /** How many of the points stay as they are; all of them by default. */
  steady?: number;
  color: string;
  width: number;
  opacity: number;
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

export type { ToolName } from "../../shapes/types.ts";
