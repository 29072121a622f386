import { kindOf, toBoard } from "../kinds/index.ts";
import { BEFORE } from "../kinds/label.ts";
import { LINE } from "../text/layout.ts";
import type { Find, Shape } from "../types/shape.ts";
import type { Camera } from "../view/camera.ts";

/** How far the caret keeps from the sides of the window, from what lies over the board above and below, and from an on-screen keyboard, in px. */
const CLEAR = { sides: 32, top: 90, bottom: 90, keyboard: 32 };

/** Its middle on the board */
type Caret = { x: number; y: number; height: number };

/** Where the caret stands in a shape that is written in. @param at how many characters are before it */
export function caretPlace(shape: Shape, text: string, at: number, find: Find): Caret | null {
  const label = (words: string) => kindOf(shape).label?.({ ...shape, text: words } as any, find);
  const whole = label(text);
  const before = label(text.slice(0, at))?.lines ?? [];
  if (!whole) return null;
  const n = Math.max(0, before.length - 1);
  const width = before[n]?.width ?? 0;
  const start = whole.x - (whole.lines[n]?.width ?? width) * BEFORE[whole.align];
  const height = LINE * whole.size;
  return { ...toBoard(shape, start + width, whole.top + (n + 0.5) * height), height };
}

/** Moves the board until the caret is seen. The browser would scroll the board under the camera; the style sheet forbids it. */
export function reveal(camera: Camera, caret: Caret | null) {
  if (!caret || !visualViewport) return;
  const [x, y] = camera.toClient(caret.x, caret.y);
  const half = (caret.height * camera.zoom) / 2;
  const seen = visualViewport.offsetTop + visualViewport.height;
  const bottom = Math.min(innerHeight - CLEAR.bottom, seen - CLEAR.keyboard);
  const right = beyond(x, x, CLEAR.sides, innerWidth - CLEAR.sides);
  const down = beyond(y - half, y + half, Math.min(CLEAR.top, bottom - 2 * half), bottom);
  if (right || down) camera.panBy(-right, -down);
}

/** How far a stretch lies beyond a range. */
function beyond(from: number, to: number, low: number, high: number) {
  return to > high ? to - high : Math.min(0, from - low);
}
