/** The remains of a deleted board: every row that names it, and their stored files. */
import { getConvexSize } from "convex/values";
import type { Doc, Id, TableNames } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { deleteStored, erase, usesLeft } from "./file";

const MAX_ROWS = 200; // deleted by one transaction: other mutations wait for it
const MAX_BYTES = 4 * 1024 * 1024; // read by one transaction; a Convex transaction reads at most 16 MiB

type OfBoard = { [T in TableNames]: Doc<T> extends { boardId: Id<"boards"> } ? T : never }[TableNames];

/** A table with a `boardId` that is missing here does not compile. */
const ROWS: { [T in OfBoard]: (ctx: QueryCtx, board: Id<"boards">) => AsyncIterable<Doc<T>> } = {
  members: (ctx, board) => ctx.db.query("members").withIndex("by_board_and_user", (q) => q.eq("boardId", board)),
  cards: (ctx, board) => ctx.db.query("cards").withIndex("by_board_and_user", (q) => q.eq("boardId", board)),
  visitors: (ctx, board) => ctx.db.query("visitors").withIndex("by_board_and_user", (q) => q.eq("boardId", board)),
  invites: (ctx, board) => ctx.db.query("invites").withIndex("by_board", (q) => q.eq("boardId", board)),
  timers: (ctx, board) => ctx.db.query("timers").withIndex("by_board", (q) => q.eq("boardId", board)),
  boardHooks: (ctx, board) => ctx.db.query("boardHooks").withIndex("by_board_and_hash", (q) => q.eq("boardId", board)),
  plots: (ctx, board) => ctx.db.query("plots").withIndex("by_board_and_shape", (q) => q.eq("boardId", board)),
  surveys: (ctx, board) => ctx.db.query("surveys").withIndex("by_board", (q) => q.eq("boardId", board)),
  asks: (ctx, board) => ctx.db.query("asks").withIndex("by_board_and_user", (q) => q.eq("boardId", board)),
  files: (ctx, board) => ctx.db.query("files").withIndex("by_board", (q) => q.eq("boardId", board)),
  snapshots: (ctx, board) => ctx.db.query("snapshots").withIndex("by_board", (q) => q.eq("boardId", board)),
  checkpoints: (ctx, board) => ctx.db.query("checkpoints").withIndex("by_board_and_ts", (q) => q.eq("boardId", board)),
  thumbnails: (ctx, board) => ctx.db.query("thumbnails").withIndex("by_board_and_theme", (q) => q.eq("boardId", board)),
  changes: (ctx, board) => ctx.db.query("changes").withIndex("by_board_and_ts", (q) => q.eq("boardId", board)),
  shapes: (ctx, board) => ctx.db.query("shapes").withIndex("by_board_and_shape", (q) => q.eq("boardId", board)),
  writings: (ctx, board) => ctx.db.query("writings").withIndex("by_board_and_shape", (q) => q.eq("boardId", board)),
  histories: (ctx, board) => ctx.db.query("histories").withIndex("by_board_and_author", (q) => q.eq("boardId", board)),
  sittings: (ctx, board) => ctx.db.query("sittings").withIndex("by_board_and_to", (q) => q.eq("boardId", board)),
  gathered: (ctx, board) => ctx.db.query("gathered").withIndex("by_board", (q) => q.eq("boardId", board)),
  versions: (ctx, board) => ctx.db.query("versions").withIndex("by_board_and_ts", (q) => q.eq("boardId", board)),
  takebacks: (ctx, board) =>
    ctx.db.query("takebacks").withIndex("by_board_and_takeback", (q) => q.eq("boardId", board)),
  counters: (ctx, board) => ctx.db.query("counters").withIndex("by_board_and_slot", (q) => q.eq("boardId", board)),
  presence: (ctx, board) => ctx.db.query("presence").withIndex("by_board_and_process", (q) => q.eq("boardId", board)),
  signals: (ctx, board) => ctx.db.query("signals").withIndex("by_board_and_process", (q) => q.eq("boardId", board)),
};

/** Deletes as much as fits into one transaction. True if nothing is left. */
export async function eraseSome(ctx: MutationCtx, board: Id<"boards">): Promise<boolean> {
  let rows = 0;
  let bytes = 0;
  for (const table of Object.keys(ROWS) as OfBoard[]) {
    for await (const row of ROWS[table](ctx, board)) {
      if (rows === MAX_ROWS || bytes > MAX_BYTES) return false;
      rows++;
      bytes += getConvexSize(row);
      if (!(await eraseRow(ctx, table, row))) return false;
    }
  }
  const usage = ctx.db.query("usage").withIndex("by_of", (q) => q.eq("of", board));
  for await (const row of usage) await ctx.db.delete("usage", row._id);
  return true;
}

/** False if the row, a file, has more uses than one transaction may delete: then the row is still there. */
async function eraseRow(ctx: MutationCtx, table: OfBoard, row: Doc<OfBoard>): Promise<boolean> {
  if (table === "files") {
    if (await usesLeft(ctx, row as Doc<"files">)) return false;
    await erase(ctx, row as Doc<"files">);
    return true;
  }
  if (table === "snapshots" || table === "checkpoints" || table === "thumbnails")
    await deleteStored(ctx, (row as Doc<"snapshots" | "checkpoints" | "thumbnails">).storage);
  if (table === "boardHooks") await ctx.db.delete("users", (row as Doc<"boardHooks">).user); // an author only here
  await ctx.db.delete(table, row._id as Id<typeof table>);
  return true;
}
