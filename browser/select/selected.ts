// What commands ask about the selection.

import type { Board } from "../board.ts";
import type { Patch, Shape } from "../types/shape.ts";
import { carried } from "./carried.ts";

/** Looked up once for all commands that ask, until something changes: it may be ten thousand. */
const known: WeakMap<Board, Shape[] | null> = new WeakMap();

/** The selected shapes, from the bottom up. */
export function selected(board: Board): Shape[] {
  const { selection, shapes } = board;
  if (!known.has(board)) {
    selection.onChange(() => known.set(board, null));
    shapes.onChange(() => known.set(board, null));
  }
  const found = known.get(board) ?? shapes.sorted(selection.ids).flatMap((id) => shapes.get(id) ?? []);
  known.set(board, found);
  return found;
}

/** Tells when the selection, or a shape of it, has changed. */
export function onSelected({ selection, shapes }: Board, listener: () => void) {
  selection.onChange(listener);
  shapes.onChange((changed) => {
    for (const id of selection.ids) if (changed.has(id)) return listener();
  });
}

/** Those that a command may change. */
export function free(board: Board) {
  return selected(board).filter((shape) => !shape.locked);
}

/** The selected shapes with what lies in the frames among them, from the bottom up. */
export function whole(board: Board): Shape[] {
  return withContents(board, selected(board));
}

export function withContents(board: Board, shapes: Shape[]): Shape[] {
  if (!shapes.some(({ kind }) => kind === "frame")) return shapes;
  return carried(
    board,
    shapes.map(({ id }) => id),
  ).flatMap((id) => board.shapes.get(id) ?? []);
}

/** Whether anything is selected. */
export function some(board: Board) {
  return board.selection.ids.size > 0;
}

/** Whether something is selected that may be changed. */
export function someFree(board: Board) {
  return [...board.selection.ids].some((id) => board.shapes.get(id)?.locked === false);
}

/** Whether something is selected that the owner of the board has locked against this person. */
export function held(board: Board) {
  return selected(board).some((shape) => board.holds(shape));
}

/** One change for all of these. @param patches by id */
export function patch(board: Board, patches: Map<string, object>) {
  if (patches.size) board.commit({ patch: Object.fromEntries(patches) as Record<string, Patch> });
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
