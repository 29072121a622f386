import type { Editor } from "../editor.ts";
import { newId } from "../ground/identifiers.ts";
import { free, patch, selected, some, someFree } from "../select/selected.ts";
import type { Shape } from "../types.ts";
import type { Command } from "./command.ts";

const set = (editor: Editor, shapes: Shape[], fields: object) =>
  patch(editor, new Map(shapes.map(({ id }) => [id, fields])));

/** Groups are one level deep: who groups groups makes one of them. */
function group_(editor: Editor) {
  const shapes = free(editor);
  set(editor, shapes, { group: newId() });
  editor.selection.set(shapes.map(({ id }) => id));
}

/** The owner's lock holds against everybody else. */
function lock(editor: Editor, locked: boolean) {
  const shapes = selected(editor).filter((shape) => Boolean(shape.locked) !== locked);
  set(editor, shapes, { locked: locked && editor.owns ? "owner" : locked });
  editor.announce(`${locked ? "Locked" : "Unlocked"} ${shapes.length}`);
}

const locks = (editor: Editor) => someFree(editor);

const unlocks = (editor: Editor) =>
  some(editor) && selected(editor).every((shape) => shape.locked && !editor.holds(shape));

export const group: Command[] = [
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
    run: (editor) =>
      set(
        editor,
        free(editor).filter((shape) => shape.group),
        { group: "" },
      ),
  },
  {
    id: "lock",
    title: "Lock",
    kind: "Arrange",
    keys: ["Ctrl+Shift+L", "Shift+L"],
    writes: true,
    when: locks,
    run: (editor) => lock(editor, true),
  },
  {
    id: "unlock",
    title: "Unlock",
    kind: "Arrange",
    keys: ["Ctrl+Shift+L", "Shift+L"],
    writes: true,
    when: unlocks,
    run: (editor) => lock(editor, false),
  },
];
