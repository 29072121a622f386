// @ts-check
import { aligned, distributed } from "../alignment.js";
import { moved } from "../select/place.js";
import { free, patch, units, withContents } from "./selected.js";

/** @import { Move } from "../alignment.js" */
/** @import { Command } from "../commands.js" */
/** @import { Editor } from "../editor.js" */
/** @import { Box } from "../types.js" */

/** Lines up or spreads out whole groups. @param {Editor} editor @param {(boxes: Box[]) => Move[]} place */
function arrange(editor, place) {
  const found = units(alone(editor)).flatMap((shapes) => {
    const box = editor.shapes.bounds(shapes.map(({ id }) => id));
    return box ? [{ shapes, box }] : [];
  });
  const moves = place(found.map(({ box }) => box));
  const patches = found.flatMap(({ shapes }, i) => {
    const { dx, dy } = moves[i];
    return dx || dy ? [...moved(withContents(editor, shapes), dx, dy, editor.shapes.find)] : [];
  });
  patch(editor, new Map(patches));
}

/** But for arrows that are bound to something selected: they follow it. @param {Editor} editor */
function alone(editor) {
  const { ids } = editor.selection;
  return free(editor).filter((shape) => !("from" in shape && [shape.from, shape.to].some((end) => end && ids.has(end.id))));
}

/** @param {number} least @returns {(editor: Editor) => boolean} whether so many things are selected */
const atLeast = (least) => (editor) => editor.selection.ids.size >= least && units(alone(editor)).length >= least;

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
