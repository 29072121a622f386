// @ts-check
import { backward, forward } from "../stacking.js";
import { free, patch, someFree } from "./selected.js";

/** @import { Command } from "../commands.js" */
/** @import { Editor } from "../editor.js" */

/** The selection keeps its own order: those that ask for the same place are listed bottom first. @param {Editor} editor @param {"front" | "back"} z */
function to(editor, z) {
  patch(editor, new Map(free(editor).map(({ id }) => [id, { z }])));
}

/** Past the next shape that it touches: past one that lies elsewhere nothing would be seen. @param {Editor} editor @param {typeof forward} step */
function past(editor, step) {
  const ids = free(editor).map(({ id }) => id);
  const boxes = ids.flatMap((id) => editor.shapes.bounds([id]) ?? []);
  const touching = new Set(boxes.flatMap((box) => editor.shapes.touching(box)));
  patch(editor, step(editor.shapes.ordered(), new Set(ids), touching));
}

/** @type {Command[]} */
export const order = [
  { id: "front", title: "Bring to front", keys: ["Ctrl+Shift+]", "]", "Ctrl+Alt+]"], run: (/** @type {Editor} */ editor) => to(editor, "front") },
  { id: "forward", title: "Bring forward", keys: ["Ctrl+]", "Alt+]"], run: (/** @type {Editor} */ editor) => past(editor, forward) },
  { id: "backward", title: "Send backward", keys: ["Ctrl+[", "Alt+["], run: (/** @type {Editor} */ editor) => past(editor, backward) },
  { id: "back", title: "Send to back", keys: ["Ctrl+Shift+[", "[", "Ctrl+Alt+["], run: (/** @type {Editor} */ editor) => to(editor, "back") },
].map((command) => ({ ...command, kind: "Arrange", writes: true, when: someFree }));
