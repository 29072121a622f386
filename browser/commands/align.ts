import type { Board } from "../board.ts";
import type { Page } from "../page.ts";
import type { Edge, Move } from "../select/alignment.ts";
import { aligned, distributed } from "../select/alignment.ts";
import { free, patch, units, withContents } from "../select/selected.ts";
import { moved } from "../select/transforms.ts";
import type { Box } from "../types/shape.ts";
import type { Command } from "./command.ts";

/** Lines up or spreads out whole groups. */
function arrange(board: Board, place: (boxes: Box[]) => Move[]) {
  const found = units(alone(board)).flatMap((shapes) => {
    const box = board.shapes.bounds(shapes.map(({ id }) => id));
    return box ? [{ shapes, box }] : [];
  });
  const moves = place(found.map(({ box }) => box));
  const patches = found.flatMap(({ shapes }, i) => {
    const { dx, dy } = moves[i];
    return dx || dy ? [...moved(withContents(board, shapes), dx, dy, board.shapes.find)] : [];
  });
  patch(board, new Map(patches));
}

/** But for arrows that are bound to something selected: they follow it. */
function alone(board: Board) {
  const { ids } = board.selection;
  return free(board).filter(
    (shape) => !("from" in shape && [shape.from, shape.to].some((end) => end && ids.has(end.id))),
  );
}

/** @returns whether so many things are selected */
const atLeast =
  (least: number): ((page: Page) => boolean) =>
  ({ board }) =>
    board.selection.ids.size >= least && units(alone(board)).length >= least;

const EDGES: [Edge, string, string[]][] = [
  ["left", "Align left", ["Ctrl+Shift+ArrowLeft", "Alt+A"]],
  ["center", "Align centres across", ["Alt+H"]],
  ["right", "Align right", ["Ctrl+Shift+ArrowRight", "Alt+D"]],
  ["top", "Align top", ["Ctrl+Shift+ArrowUp", "Alt+W"]],
  ["middle", "Align middles", ["Alt+V"]],
  ["bottom", "Align bottom", ["Ctrl+Shift+ArrowDown", "Alt+S"]],
];

export const align: Command[] = [
  ...EDGES.map(([edge, title, keys]) => ({
    id: `align-${edge}`,
    title,
    keys,
    kind: "Arrange",
    writes: true,
    when: atLeast(2),
    run: ({ board }: Page) => arrange(board, (boxes) => aligned(boxes, edge)),
  })),
  {
    id: "distribute-x",
    title: "Distribute across",
    kind: "Arrange",
    keys: ["Alt+Shift+H"],
    writes: true,
    when: atLeast(3),
    run: ({ board }) => arrange(board, (boxes) => distributed(boxes, "x")),
  },
  {
    id: "distribute-y",
    title: "Distribute down",
    kind: "Arrange",
    keys: ["Alt+Shift+V"],
    writes: true,
    when: atLeast(3),
    run: ({ board }) => arrange(board, (boxes) => distributed(boxes, "y")),
  },
];
