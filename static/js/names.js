// @ts-check
// What a shape is called, for those who do not see it: "blue note: Buy milk". app/outline.py says the same. Pure.

import { clusters } from "./text/breaking.js";

/** @import { Shape } from "./types.js" */

/** @type {Partial<Record<Shape["kind"], string>>} */
const CALLED = { image: "picture", note: "note", text: "text" };

/** Of the text in it, in what people see as characters. */
const LONGEST = 80;

/** @param {Shape} shape */
export function nameOf(shape) {
  const colour = shape.color.startsWith("#") || shape.kind === "image" ? "" : `${shape.color} `;
  const said = shorten(shape.kind === "image" ? shape.alt : "text" in shape ? shape.text : "");
  return `${colour}${CALLED[shape.kind] ?? shape.kind}${said ? `: ${said}` : ""}`;
}

/** In one line. @param {string} text */
function shorten(text) {
  const line = text.trim().replace(/\s+/g, " ");
  const letters = clusters(line);
  return letters.length <= LONGEST ? line : `${letters.slice(0, LONGEST - 1).join("").trimEnd()}…`;
}
