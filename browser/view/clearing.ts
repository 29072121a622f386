// The part of the window that no panel covers: there a drawing is fitted.
import type { Box } from "../types/shape.ts";

const PANELS = "#bar > .panel, #tools, #second > *, #zoom, #pen-mode, #style, #find";

/** Where the style has a column of its own, which comes and goes with the tool; and its right edge in px. As in static/css/style.css. */
const COLUMN = matchMedia("(min-width: 1000px) and (min-height: 600px)");
const EDGE = 244;

/** A smaller rest is no place for a drawing, in px: then it goes below the panels. */
const LEAST = 80;

/** Beside a panel, in px; less in a small window. */
const GAP = 28;

/** In px of the window. @param styles whether this person has a style panel */
export function clearing(styles: boolean): Box {
  const window_ = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
  const clear = { ...window_, left: styles && COLUMN.matches ? EDGE : 0 };
  for (const panel of document.querySelectorAll(PANELS)) {
    const rect = panel.getBoundingClientRect();
    if (!rect.width || !rect.height || panel.matches(":popover-open") || !panel.checkVisibility()) continue;
    cut(clear, rect);
  }
  const gap = Math.min(GAP, innerWidth / 16, innerHeight / 16);
  return roomy(clear, gap) ? shrunk(clear, gap) : shrunk(window_, gap);
}

/** Moves the edge past the panel that loses least by it. */
function cut(clear: Box, { left, top, right, bottom }: DOMRect) {
  if (left >= clear.right || right <= clear.left || top >= clear.bottom || bottom <= clear.top) return;
  const [width, height] = [clear.right - clear.left, clear.bottom - clear.top];
  const losses = {
    left: (right - clear.left) / width,
    top: (bottom - clear.top) / height,
    right: (clear.right - left) / width,
    bottom: (clear.bottom - top) / height,
  };
  const least = Math.min(...Object.values(losses));
  if (losses.top === least) clear.top = bottom;
  else if (losses.bottom === least) clear.bottom = top;
  else if (losses.left === least) clear.left = right;
  else clear.right = left;
}

function roomy({ left, top, right, bottom }: Box, gap: number) {
  return Math.min(right - left, bottom - top) - 2 * gap >= LEAST;
}

function shrunk({ left, top, right, bottom }: Box, by: number): Box {
  return { left: left + by, top: top + by, right: right - by, bottom: bottom - by };
}
