// @ts-check
import { newId } from "../identifiers.js";
import { free, patch, selected, some, someFree } from "./selected.js";

/** @import { Command } from "../commands.js" */
/** @import { Editor } from "../editor.js" */
/** @import { Shape } from "../types.js" */

/** @param {Editor} editor @param {Shape[]} shapes @param {object} fields */
const set = (editor, shapes, fields) => patch(editor, new Map(shapes.map(({ id }) => [id, fields])));

/** Groups are one level deep: who groups groups makes one of them. @param {Editor} editor */
function group_(editor) {
  const shapes = free(editor);
  set(editor, shapes, { group: newId() });
  editor.selection.set(shapes.map(({ id }) => id));
}

/** The owner's lock holds against everybody else. @param {Editor} editor @param {boolean} locked */
function lock(editor, locked) {
  const shapes = selected(editor).filter((shape) => Boolean(shape.locked) !== locked);
  set(editor, shapes, { locked: locked && editor.owns ? "owner" : locked });
  editor.announce(`${locked ? "Locked" : "Unlocked"} ${shapes.length}`);
}

/** @param {Editor} editor */
const locks = (editor) => someFree(editor);

/** @param {Editor} editor */
const unlocks = (editor) => some(editor) && selected(editor).every((shape) => shape.locked && !editor.holds(shape));

/** @type {Command[]} */
export const group = [
  {
    id: "group",
    title: "Group",
    kind: "Arrange",
    keys: ["Ctrl+G"],
    writes: true,
    when: (editor) => {
      const shapes = editor.selection.ids.size > 1 ? free(editor) : [];
      return shapes.length > 1 && !(shapes[0].group && shapes.every((shape) => shape.group === shapes[0].group));
    },
    run: group_,
  },
  {
    id: "ungroup",
    title: "Ungroup",
    kind: "Arrange",
    keys: ["Ctrl+Shift+G"],
    writes: true,
    when: (editor) => free(editor).some((shape) => shape.group),
    run: (editor) => set(editor, free(editor).filter((shape) => shape.group), { group: "" }),
  },
  { id: "lock", title: "Lock", kind: "Arrange", keys: ["Ctrl+Shift+L", "Shift+L"], writes: true, when: locks, run: (editor) => lock(editor, true) },
  { id: "unlock", title: "Unlock", kind: "Arrange", keys: ["Ctrl+Shift+L", "Shift+L"], writes: true, when: unlocks, run: (editor) => lock(editor, false) },
];
