// @ts-check
// What commands ask about the selection.
import { carried } from "../carried.js";

/** @import { Editor } from "../editor.js" */
/** @import { Patch, Shape } from "../types.js" */

/** Looked up once for all commands that ask, until something changes: it may be ten thousand. @type {WeakMap<Editor, Shape[] | null>} */
const known = new WeakMap();

/** The selected shapes, from the bottom up. @param {Editor} editor @returns {Shape[]} */
export function selected(editor) {
  const { selection, shapes } = editor;
  if (!known.has(editor)) {
    selection.onChange(() => known.set(editor, null));
    shapes.onChange(() => known.set(editor, null));
  }
  const found = known.get(editor) ?? shapes.sorted(selection.ids).flatMap((id) => shapes.get(id) ?? []);
  known.set(editor, found);
  return found;
}

/** Tells when the selection, or a shape of it, has changed. @param {Editor} editor @param {() => void} listener */
export function onSelected({ selection, shapes }, listener) {
  selection.onChange(listener);
  shapes.onChange((changed) => {
    for (const id of selection.ids) if (changed.has(id)) return listener();
  });
}

/** Those that a command may change. @param {Editor} editor */
export function free(editor) {
  return selected(editor).filter((shape) => !shape.locked);
}

/** The selected shapes with what lies in the frames among them, from the bottom up. @param {Editor} editor @returns {Shape[]} */
export function whole(editor) {
  return withContents(editor, selected(editor));
}

/** @param {Editor} editor @param {Shape[]} shapes @returns {Shape[]} */
export function withContents(editor, shapes) {
  if (!shapes.some(({ kind }) => kind === "frame")) return shapes;
  return carried(editor, shapes.map(({ id }) => id)).flatMap((id) => editor.shapes.get(id) ?? []);
}

/** Whether anything is selected. @param {Editor} editor */
export function some(editor) {
  return editor.selection.ids.size > 0;
}

/** Whether something is selected that may be changed. @param {Editor} editor */
export function someFree(editor) {
  return [...editor.selection.ids].some((id) => editor.shapes.get(id)?.locked === false);
}

/** Whether something is selected that the owner of the board has locked against this person. @param {Editor} editor */
export function held(editor) {
  return selected(editor).some((shape) => editor.holds(shape));
}

/** One change for all of these. @param {Editor} editor @param {Map<string, object>} patches by id */
export function patch(editor, patches) {
  if (patches.size) editor.commit({ patch: /** @type {Record<string, Patch>} */ (Object.fromEntries(patches)) });
}

/** Shapes that move together: each group, and each shape without one. @param {Shape[]} shapes @returns {Shape[][]} */
export function units(shapes) {
  /** @type {Map<string, Shape[]>} */
  const found = new Map();
  for (const shape of shapes) {
    const name = shape.group || shape.id;
    found.set(name, [...(found.get(name) ?? []), shape]);
  }
  return [...found.values()];
}
