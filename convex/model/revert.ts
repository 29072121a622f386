/**
 * Undo and redo by the log, for one person on one board.
 *
 * A row with `undoes` takes another row back; a redo is a row that takes an undo back. So reading somebody's rows from
 * the newest, a row that a later one in force took back is passed over, and the first change still in force is what undo
 * means now. Redo means the newest undo in force, unless a new change came after it.
 *
 * A shape is reverted only while it still shows the row's effect (its `source`): what somebody else changed since stays.
 */
import { getConvexSize } from "convex/values";
import { Doc, Id } from "../_generated/dataModel";
import { MutationCtx, QueryCtx } from "../_generated/server";
import { Edit, Effect, findShape, replace, write } from "./apply";
import { Op, opId } from "./op";
import { drawingOf } from "./shape";

const MAX_DEPTH = 1_000; // rows read back from the newest
const MAX_READ = 8 * 1024 * 1024; // bytes read back; a Convex transaction reads at most 16 MiB

/** The row that the caller's next undo (or redo) takes back; null when there is none. */
export async function nextToRevert(
  ctx: QueryCtx,
  boardId: Id<"boards">,
  author: Id<"users">,
  redo: boolean,
): Promise<Doc<"changes"> | null> {
  const takenBack = new Set<string>();
  let depth = 0;
  let read = 0;
  for await (const row of ctx.db
    .query("changes")
    .withIndex("by_board_and_author_and_ts", (q) => q.eq("boardId", boardId).eq("author", author))
    .order("desc")) {
    read += getConvexSize(row);
    if (++depth > MAX_DEPTH || read > MAX_READ) return null;
    if (takenBack.has(row.changeId)) continue;
    if (row.undoes === undefined) return redo ? null : row;
    takenBack.add(row.undoes);
    if (redo && !row.redo) return row;
  }
  return null;
}

/** Takes one op back unless the shape has changed since, in which case there is no op and the shape is kept. */
export async function revert(ctx: MutationCtx, edit: Edit, op: Op): Promise<Effect> {
  const found = await findShape(ctx, edit.boardId, opId(op));
  if (found === null || found.source !== op.now) return { op: null, live: 0 };
  const sources = { was: op.now, now: op.was };
  const id = found.shapeId;
  const removed = op.type === "restore" || (op.type === "put" && op.before === undefined);
  if (removed || op.type === "remove") {
    await write(ctx, found, { removed, source: op.was });
    return { op: { type: removed ? "remove" : "restore", id, ...sources }, live: removed ? -1 : 1 };
  }
  if (op.type === "patch") {
    await write(ctx, found, { ...op.before, source: op.was });
    return { op: { type: "patch", id, set: op.before, before: op.set, ...sources }, live: 0 };
  }
  const { before } = op as Extract<Op, { type: "put" }>;
  const { id: _, author, ...drawing } = before!;
  const { boardId } = edit;
  await replace(ctx, found, { ...drawing, boardId, shapeId: id, author, source: op.was, removed: false });
  const shape = { ...drawing, id, author };
  return { op: { type: "put", shape, before: { ...drawingOf(found), id, author }, ...sources }, live: 0 };
}
