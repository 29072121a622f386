// @ts-check
import { kindOf } from "../kinds/index.js";
import { mirrored } from "../mirror.js";
import { settled } from "../select/place.js";
import { free, patch, someFree } from "./selected.js";

/** @import { Command } from "../commands.js" */
/** @import { Editor } from "../editor.js" */

/** About the middle of the selection. @param {Editor} editor @param {"x" | "y"} axis */
function mirror(editor, axis) {
  const shapes = free(editor);
  const ids = new Set(shapes.map(({ id }) => id));
  const all = editor.shapes.bounds([...ids]);
  if (!all) return;
  const at = axis === "x" ? (all.left + all.right) / 2 : (all.top + all.bottom) / 2;
  patch(editor, new Map(shapes.map((shape) => [shape.id, mirrored(settled(shape, editor.shapes.find), kindOf(shape).box(shape, editor.shapes.find), axis, at, ids)])));
}

/** @type {Command[]} */
export const flip = [
  { id: "flip-x", title: "Flip left to right", kind: "Arrange", keys: ["Shift+H"], writes: true, when: someFree, run: (editor) => mirror(editor, "x") },
  { id: "flip-y", title: "Flip upside down", kind: "Arrange", keys: ["Shift+V"], writes: true, when: someFree, run: (editor) => mirror(editor, "y") },
];
