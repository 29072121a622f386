import type { Editor } from "../editor.ts";
import { copies } from "../select/copies.ts";
import { free, selected, some, someFree, whole, withContents } from "../select/selected.ts";
import type { Command } from "./command.ts";

/** How far off a copy lies, in screen px. */
const OFFSET = 16;

function duplicate(editor: Editor) {
  const by = Math.round(OFFSET / editor.camera.zoom);
  const put = copies(whole(editor), by, by, undefined, editor.shapes.find);
  editor.commit({ put });
  editor.selection.set(put.map(({ id }) => id));
}

/** A frame goes with what lies in it, as it is copied and cut. */
function remove(editor: Editor) {
  if (editor.everything?.selected) return editor.everything.remove();
  editor.commit({ remove: withContents(editor, free(editor)).flatMap(({ id, locked }) => (locked ? [] : id)) });
  editor.selection.clear();
}

const frames = (editor: Editor) => free(editor).filter(({ kind }) => kind === "frame");

/** The frames go, and what lies in them is selected. */
function unframe(editor: Editor) {
  const gone = new Set(frames(editor).map(({ id }) => id));
  const left = withContents(editor, free(editor)).flatMap(({ id }) => (gone.has(id) ? [] : id));
  editor.commit({ remove: [...gone] });
  editor.selection.set(left);
}

function selectAll(editor: Editor) {
  if (editor.toolName !== "select") editor.tool("select");
  if (editor.everything) return void editor.everything.select();
  editor.selection.set(editor.shapes.ordered().filter((id) => !editor.shapes.get(id)?.locked));
}

function editText(editor: Editor) {
  const [shape] = selected(editor);
  if (shape && "text" in shape && !shape.locked) editor.edit({ id: shape.id, x: shape.x, y: shape.y });
}

export const edit: Command[] = [
  { id: "undo", title: "Undo", kind: "Edit", keys: ["Ctrl+Z"], writes: true, run: (editor) => editor.revert("undo") },
  {
    id: "redo",
    title: "Redo",
    kind: "Edit",
    keys: ["Ctrl+Shift+Z", "Ctrl+Y"],
    writes: true,
    run: (editor) => editor.revert("redo"),
  },
  { id: "select-all", title: "Select all", kind: "Edit", keys: ["Ctrl+A"], run: selectAll },
  { id: "duplicate", title: "Duplicate", kind: "Edit", keys: ["Ctrl+D"], writes: true, when: some, run: duplicate },
  {
    id: "delete",
    title: "Delete",
    kind: "Edit",
    keys: ["Delete", "Backspace"],
    writes: true,
    when: (editor) => someFree(editor) || editor.everything?.selected === true,
    run: remove,
  },
  {
    id: "unframe",
    title: "Remove the frame, keep its contents",
    kind: "Edit",
    keys: ["Ctrl+Backspace", "Ctrl+Delete"],
    writes: true,
    when: (editor) => frames(editor).length > 0,
    run: unframe,
  },
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
