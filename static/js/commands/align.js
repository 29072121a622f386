// @ts-check
import { aligned, distributed } from "../alignment.js";
import { free, patch, units } from "./selected.js";

/** @import { Move } from "../alignment.js" */
/** @import { Command } from "../commands.js" */
/** @import { Editor } from "../editor.js" */
/** @import { Box } from "../types.js" */

/** Lines up or spreads out whole groups. @param {Editor} editor @param {(boxes: Box[]) => Move[]} place */
function arrange(editor, place) {
  const found = units(free(editor)).flatMap((shapes) => {
    const box = editor.shapes.bounds(shapes.map(({ id }) => id));
    return box ? [{ shapes, box }] : [];
  });
  const moves = place(found.map(({ box }) => box));
  const moved = found.flatMap(({ shapes }, i) => shapes.map(({ id, x, y }) => ({ id, x: x + moves[i].dx, y: y + moves[i].dy, still: !moves[i].dx && !moves[i].dy })));
  patch(editor, new Map(moved.flatMap(({ id, x, y, still }) => (still ? [] : [[id, { x, y }]]))));
}

/** @param {number} least @returns {(editor: Editor) => boolean} whether so many things are selected */
const atLeast = (least) => (editor) => editor.selection.ids.size >= least && units(free(editor)).length >= least;

/** @type {[import("../alignment.js").Edge, string, string[]][]} */
const EDGES = [
  ["left", "Align left", ["Ctrl+Shift+ArrowLeft", "Alt+A"]],
  ["center", "Align centres across", ["Alt+H"]],
  ["right", "Align right", ["Ctrl+Shift+ArrowRight", "Alt+D"]],
  ["top", "Align top", ["Ctrl+Shift+ArrowUp", "Alt+W"]],
  ["middle", "Align middles", ["Alt+V"]],
  ["bottom", "Align bottom", ["Ctrl+Shift+ArrowDown", "Alt+S"]],
];

/** @type {Command[]} */
export const align = [
  ...EDGES.map(([edge, title, keys]) => ({
    id: `align-${edge}`,
    title,
    keys,
    kind: "Arrange",
    writes: true,
    when: atLeast(2),
    run: (/** @type {Editor} */ editor) => arrange(editor, (boxes) => aligned(boxes, edge)),
  })),
  {
    id: "distribute-x",
    title: "Distribute across",
    kind: "Arrange",
    keys: ["Alt+Shift+H"],
    writes: true,
    when: atLeast(3),
    run: (editor) => arrange(editor, (boxes) => distributed(boxes, "x")),
  },
  {
    id: "distribute-y",
    title: "Distribute down",
    kind: "Arrange",
    keys: ["Alt+Shift+V"],
    writes: true,
    when: atLeast(3),
    run: (editor) => arrange(editor, (boxes) => distributed(boxes, "y")),
  },
];
