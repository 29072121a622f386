import type { Board } from "../board.ts";
import type { Page } from "../page.ts";
import { free, patch, someFree } from "../select/selected.ts";
import { backward, forward } from "../select/stacking.ts";
import type { Command } from "./command.ts";

/** The selection keeps its own order: those that ask for the same place are listed bottom first. */
function to(board: Board, z: "front" | "back") {
  patch(board, new Map(free(board).map(({ id }) => [id, { z }])));
}

/** Past the next shape that it touches: past one that lies elsewhere nothing would be seen. */
function past(board: Board, step: typeof forward) {
  const ids = free(board).map(({ id }) => id);
  const boxes = ids.flatMap((id) => board.shapes.bounds([id]) ?? []);
  const touching = new Set(boxes.flatMap((box) => board.shapes.touching(box)));
  patch(board, step(board.shapes.ordered(), new Set(ids), touching));
}

export const order: Command[] = [
  {
    id: "front",
    title: "Bring to front",
    keys: ["Ctrl+Shift+]", "]", "Ctrl+Alt+]"],
    run: ({ board }: Page) => to(board, "front"),
  },
  { id: "forward", title: "Bring forward", keys: ["Ctrl+]", "Alt+]"], run: ({ board }: Page) => past(board, forward) },
  {
    id: "backward",
    title: "Send backward",
    keys: ["Ctrl+[", "Alt+["],
    run: ({ board }: Page) => past(board, backward),
  },
  {
    id: "back",
    title: "Send to back",
    keys: ["Ctrl+Shift+[", "[", "Ctrl+Alt+["],
    run: ({ board }: Page) => to(board, "back"),
  },
].map((command) => ({ ...command, kind: "Arrange", writes: true, when: ({ board }: Page) => someFree(board) }));
