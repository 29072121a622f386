import type { Board } from "../board.ts";
import type { Page } from "../page.ts";
import { copies } from "../select/copies.ts";
import { free, selected, some, someFree, whole, withContents } from "../select/selected.ts";
import { openDialog } from "../site/dialogs.ts";
import type { Command } from "./command.ts";

/** How far off a copy lies, in screen px. */
const OFFSET = 16;

function duplicate(board: Board) {
  const by = Math.round(OFFSET / board.camera.zoom);
  const put = copies(whole(board), by, by, undefined, board.shapes.find);
  board.commit({ put });
  board.selection.set(put.map(({ id }) => id));
}

/** A frame goes with what lies in it, as it is copied and cut. */
function remove({ board, everything }: Page) {
  if (everything?.selected) return everything.remove();
  board.commit({ remove: withContents(board, free(board)).flatMap(({ id, locked }) => (locked ? [] : id)) });
  board.selection.clear();
}

const frames = (board: Board) => free(board).filter(({ kind }) => kind === "frame");

/** The frames go, and what lies in them is selected. */
function unframe(board: Board) {
  const gone = new Set(frames(board).map(({ id }) => id));
  const left = withContents(board, free(board)).flatMap(({ id }) => (gone.has(id) ? [] : id));
  board.commit({ remove: [...gone] });
  board.selection.set(left);
}

function selectAll({ board, hand, everything }: Page) {
  if (hand.toolName !== "select") hand.tool("select");
  if (everything) return void everything.select();
  board.selection.set(board.shapes.ordered().filter((id) => !board.shapes.get(id)?.locked));
}

function editText(page: Page) {
  const [shape] = selected(page.board);
  if (shape && "text" in shape && !shape.locked) page.edit({ id: shape.id, x: shape.x, y: shape.y });
}

export const edit: Command[] = [
  { id: "undo", title: "Undo", kind: "Edit", keys: ["Ctrl+Z"], writes: true, run: (page) => page.revert("undo") },
  {
    id: "redo",
    title: "Redo",
    kind: "Edit",
    keys: ["Ctrl+Shift+Z", "Ctrl+Y"],
    writes: true,
    run: (page) => page.revert("redo"),
  },
  { id: "select-all", title: "Select all", kind: "Edit", keys: ["Ctrl+A"], run: selectAll },
  {
    id: "duplicate",
    title: "Duplicate",
    kind: "Edit",
    keys: ["Ctrl+D"],
    writes: true,
    when: ({ board }) => some(board),
    run: ({ board }) => duplicate(board),
  },
  {
    id: "delete",
    title: "Delete",
    kind: "Edit",
    keys: ["Delete", "Backspace"],
    writes: true,
    when: ({ board, everything }) => someFree(board) || everything?.selected === true,
    run: remove,
  },
  {
    id: "clear",
    title: "Clear the board",
    kind: "Edit",
    writes: true,
    when: ({ board, everything }) => board.shapes.ordered().length > 0 || everything !== null,
    run: () => openDialog("clear"),
  },
  {
    id: "unclear",
    title: "Bring back what was cleared",
    kind: "Edit",
    writes: true,
    when: ({ board }) => board.owns,
    run: (page) => page.revert("unclear"),
  },
  {
    id: "unframe",
    title: "Remove the frame, keep its contents",
    kind: "Edit",
    keys: ["Ctrl+Backspace", "Ctrl+Delete"],
    writes: true,
    when: ({ board }) => frames(board).length > 0,
    run: ({ board }) => unframe(board),
  },
  {
    id: "edit",
    title: "Edit the text",
    kind: "Edit",
    keys: ["Enter"],
    writes: true,
    when: ({ board }) => board.selection.ids.size === 1 && free(board).some((shape) => "text" in shape),
    run: editText,
  },
];
