// @ts-check
/** What the next shape will look like; this browser remembers it. */

/** @import { Style } from "./types.js" */

const KEY = "easel:style";

/** @type {Style} */
const DEFAULT = {
  color: "black",
  width: 4,
  opacity: 1,
  fill: "none",
  fillColor: "",
  dash: "solid",
  size: 20,
  align: "center",
  start: "none",
  end: "arrow",
  curved: false,
  radius: 12,
  smoothing: "low",
  pressure: false,
  erase: "whole",
};

/** @returns {Style} */
export function recall() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    const sound = Object.entries(kept).filter(([name, value]) => typeof value === typeof DEFAULT[/** @type {keyof Style} */ (name)]);
    return { ...DEFAULT, ...Object.fromEntries(sound) };
  } catch {
    return { ...DEFAULT };
  }
}

/** @param {Style} style */
export function remember(style) {
  try {
    localStorage.setItem(KEY, JSON.stringify(style));
  } catch {
    // The style is then that of this page only.
  }
}
