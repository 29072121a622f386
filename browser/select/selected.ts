// What commands ask about the selection.

import type { Editor } from "../editor.ts";
import type { Patch, Shape } from "../types.ts";
import { carried } from "./carried.ts";

/** Looked up once for all commands that ask, until something changes: it may be ten thousand. */
const known: WeakMap<Editor, Shape[] | null> = new WeakMap();

/** The selected shapes, from the bottom up. */
export function selected(editor: Editor): Shape[] {
  const { selection, shapes } = editor;
  if (!known.has(editor)) {
    selection.onChange(() => known.set(editor, null));
    shapes.onChange(() => known.set(editor, null));
  }
  const found = known.get(editor) ?? shapes.sorted(selection.ids).flatMap((id) => shapes.get(id) ?? []);
  known.set(editor, found);
  return found;
}

/** Tells when the selection, or a shape of it, has changed. */
export function onSelected({ selection, shapes }: Editor, listener: () => void) {
  selection.onChange(listener);
  shapes.onChange((changed) => {
    for (const id of selection.ids) if (changed.has(id)) return listener();
  });
}

/** Those that a command may change. */
export function free(editor: Editor) {
  return selected(editor).filter((shape) => !shape.locked);
}

/** The selected shapes with what lies in the frames among them, from the bottom up. */
export function whole(editor: Editor): Shape[] {
  return withContents(editor, selected(editor));
}

export function withContents(editor: Editor, shapes: Shape[]): Shape[] {
  if (!shapes.some(({ kind }) => kind === "frame")) return shapes;
  return carried(
    editor,
    shapes.map(({ id }) => id),
  ).flatMap((id) => editor.shapes.get(id) ?? []);
}

/** Whether anything is selected. */
export function some(editor: Editor) {
  return editor.selection.ids.size > 0;
}

/** Whether something is selected that may be changed. */
export function someFree(editor: Editor) {
  return [...editor.selection.ids].some((id) => editor.shapes.get(id)?.locked === false);
}

/** Whether something is selected that the owner of the board has locked against this person. */
export function held(editor: Editor) {
  return selected(editor).some((shape) => editor.holds(shape));
}

/** One change for all of these. @param patches by id */
export function patch(editor: Editor, patches: Map<string, object>) {
  if (patches.size) editor.commit({ patch: Object.fromEntries(patches) as Record<string, Patch> });
}

/** Shapes that move together: each group, and each shape without one. */
export function units(shapes: Shape[]): Shape[][] {
  const found: Map<string, Shape[]> = new Map();
  for (const shape of shapes) {
    const name = shape.group || shape.id;
    found.set(name, [...(found.get(name) ?? []), shape]);
  }
  return [...found.values()];
}
