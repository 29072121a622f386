import type { Board } from "../board.ts";
import { newId } from "../ground/identifiers.ts";
import { free, patch, selected, some, someFree } from "../select/selected.ts";
import { announce } from "../site/announcer.ts";
import type { Shape } from "../types/shape.ts";
import type { Command } from "./command.ts";

const set = (board: Board, shapes: Shape[], fields: object) =>
  patch(board, new Map(shapes.map(({ id }) => [id, fields])));

/** Groups are one level deep: groups that are grouped become one. */
function group_(board: Board) {
  const shapes = free(board);
  set(board, shapes, { group: newId() });
  board.selection.set(shapes.map(({ id }) => id));
}

/** The owner's lock holds against everybody else. */
function lock(board: Board, locked: boolean) {
  const shapes = selected(board).filter((shape) => Boolean(shape.locked) !== locked);
  set(board, shapes, { locked: locked && board.owns ? "owner" : locked });
  announce(`${locked ? "Locked" : "Unlocked"} ${shapes.length}`);
}

const unlocks = (board: Board) => some(board) && selected(board).every((shape) => shape.locked && !board.holds(shape));

export const group: Command[] = [
  {
    id: "group",
    title: "Group",
    kind: "Arrange",
    keys: ["Ctrl+G"],
    writes: true,
    when: ({ board }) => {
      const shapes = board.selection.ids.size > 1 ? free(board) : [];
      return shapes.length > 1 && !(shapes[0].group && shapes.every((shape) => shape.group === shapes[0].group));
    },
    run: ({ board }) => group_(board),
  },
  {
    id: "ungroup",
    title: "Ungroup",
    kind: "Arrange",
    keys: ["Ctrl+Shift+G"],
    writes: true,
    when: ({ board }) => free(board).some((shape) => shape.group),
    run: ({ board }) =>
      set(
        board,
        free(board).filter((shape) => shape.group),
        { group: "" },
      ),
  },
  {
    id: "lock",
    title: "Lock",
    kind: "Arrange",
    keys: ["Ctrl+Shift+L", "Shift+L"],
    writes: true,
    when: ({ board }) => someFree(board),
    run: ({ board }) => lock(board, true),
  },
  {
    id: "unlock",
    title: "Unlock",
    kind: "Arrange",
    keys: ["Ctrl+Shift+L", "Shift+L"],
    writes: true,
    when: ({ board }) => unlocks(board),
    run: ({ board }) => lock(board, false),
  },
];
