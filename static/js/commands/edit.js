// @ts-check
import { copies } from "../copies.js";
import { free, selected, some, someFree, whole } from "./selected.js";

/** @import { Command } from "../commands.js" */
/** @import { Editor } from "../editor.js" */

/** How far off a copy lies, in screen px. */
const OFFSET = 16;

/** @param {Editor} editor */
function duplicate(editor) {
  const by = Math.round(OFFSET / editor.camera.zoom);
  const put = copies(whole(editor), by, by, undefined, editor.shapes.find);
  editor.commit({ put });
  editor.selection.set(put.map(({ id }) => id));
}

/** @param {Editor} editor */
function remove(editor) {
  editor.commit({ remove: free(editor).map(({ id }) => id) });
  editor.selection.clear();
}

/** @param {Editor} editor */
function selectAll(editor) {
  if (editor.toolName !== "select") editor.tool("select");
  editor.selection.set(editor.shapes.ordered().filter((id) => !editor.shapes.get(id)?.locked));
}

/** @param {Editor} editor */
function editText(editor) {
  const [shape] = selected(editor);
  if (shape && "text" in shape && !shape.locked) editor.edit({ id: shape.id, x: shape.x, y: shape.y });
}

/** @type {Command[]} */
export const edit = [
  { id: "undo", title: "Undo", kind: "Edit", keys: ["Ctrl+Z"], writes: true, run: (editor) => editor.revert("undo") },
  { id: "redo", title: "Redo", kind: "Edit", keys: ["Ctrl+Shift+Z", "Ctrl+Y"], writes: true, run: (editor) => editor.revert("redo") },
  { id: "select-all", title: "Select all", kind: "Edit", keys: ["Ctrl+A"], run: selectAll },
  { id: "duplicate", title: "Duplicate", kind: "Edit", keys: ["Ctrl+D"], writes: true, when: some, run: duplicate },
  { id: "delete", title: "Delete", kind: "Edit", keys: ["Delete", "Backspace"], writes: true, when: someFree, run: remove },
  {
    id: "edit",
    title: "Edit the text",
    kind: "Edit",
    keys: ["Enter"],
    writes: true,
    when: (editor) => editor.selection.ids.size === 1 && free(editor).some((shape) => "text" in shape),
    run: editText,
  },
];
