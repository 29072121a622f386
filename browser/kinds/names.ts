// What a shape is called, for those who do not see it: "blue note: Buy milk". app/outline.py says the same. Pure.

import { clusters } from "../text/breaking.ts";
import { oneLine } from "../text/line.ts";
import type { Shape } from "../types/shape.ts";

const CALLED: Partial<Record<Shape["kind"], string>> = { image: "picture", note: "note", text: "text" };

/** Of the text in it, in what people see as characters. */
const LONGEST = 80;

/** Characters of a text, for its first clusters. */
const MOST_READ = 1_000;

export function nameOf(shape: Shape) {
  const colour = shape.color.startsWith("#") || shape.kind === "image" ? "" : `${shape.color} `;
  const said = shorten(shape.kind === "image" ? shape.alt : "text" in shape ? shape.text : "");
  return `${colour}${CALLED[shape.kind] ?? shape.kind.replaceAll("-", " ")}${said ? `: ${said}` : ""}`;
}

/** In one line. */
function shorten(text: string) {
  const line = oneLine(text, MOST_READ);
  const letters = clusters(line);
  return letters.length <= LONGEST
    ? line
    : `${letters
        .slice(0, LONGEST - 1)
        .join("")
        .trimEnd()}…`;
}
