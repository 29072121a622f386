import type { Align, Dash, Fill, Head } from "./shape.ts";

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
