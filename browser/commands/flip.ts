import type { Board } from "../board.ts";
import { kindOf } from "../kinds/index.ts";
import { mirrored } from "../kinds/mirror.ts";
import { free, patch, someFree } from "../select/selected.ts";
import { settled } from "../select/transforms.ts";
import type { Command } from "./command.ts";

/** About the middle of the selection. */
function mirror(board: Board, axis: "x" | "y") {
  const shapes = free(board);
  const ids = new Set(shapes.map(({ id }) => id));
  const all = board.shapes.bounds([...ids]);
  if (!all) return;
  const at = axis === "x" ? (all.left + all.right) / 2 : (all.top + all.bottom) / 2;
  patch(
    board,
    new Map(
      shapes.map((shape) => [
        shape.id,
        mirrored(settled(shape, board.shapes.find), kindOf(shape).box(shape, board.shapes.find), axis, at, ids),
      ]),
    ),
  );
}

export const flip: Command[] = [
  {
    id: "flip-x",
    title: "Flip left to right",
    kind: "Arrange",
    keys: ["Shift+H"],
    writes: true,
    when: ({ board }) => someFree(board),
    run: ({ board }) => mirror(board, "x"),
  },
  {
    id: "flip-y",
    title: "Flip upside down",
    kind: "Arrange",
    keys: ["Shift+V"],
    writes: true,
    when: ({ board }) => someFree(board),
    run: ({ board }) => mirror(board, "y"),
  },
];
