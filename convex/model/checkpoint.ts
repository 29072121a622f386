/** The checkpoints of a board, and which of them stay. */
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { deleteStored } from "./file";
import { hasChange } from "./log";

const MOST = 64; // of a board
const MAX_BYTES = 64 * 1024 * 1024; // of all of a board's, but two

type Checkpoint = Doc<"checkpoints">;

/** The last one at or before `ts`. One whose change the log lacks is from before a restore, and does not count. */
export async function lastUpTo(ctx: QueryCtx, boardId: Id<"boards">, ts: bigint, format: number) {
  for await (const row of upTo(ctx, boardId, ts).order("desc")) {
    if (row.format === format && (await hasChange(ctx, boardId, row.ts))) return row;
  }
  return null;
}

export async function checkpointAt(ctx: QueryCtx, boardId: Id<"boards">, ts: bigint): Promise<Checkpoint | null> {
  return await ctx.db
    .query("checkpoints")
    .withIndex("by_board_and_ts", (q) => q.eq("boardId", boardId).eq("ts", ts))
    .unique();
}

export async function checkpointsBefore(ctx: QueryCtx, boardId: Id<"boards">, ts: bigint): Promise<Checkpoint[]> {
  return await ctx.db
    .query("checkpoints")
    .withIndex("by_board_and_ts", (q) => q.eq("boardId", boardId).lt("ts", ts))
    .take(MOST);
}

/** Deletes those whose change the log lacks, then as many as there are too many of: first where they are closest. */
export async function thin(ctx: MutationCtx, boardId: Id<"boards">): Promise<void> {
  let rows: Checkpoint[] = [];
  for (const row of await upTo(ctx, boardId, null).collect()) {
    if (await hasChange(ctx, boardId, row.ts)) rows.push(row);
    else await drop(ctx, row);
  }
  while (rows.length > 2 && (rows.length > MOST || rows.reduce((sum, { size }) => sum + size, 0) > MAX_BYTES)) {
    const gap = (i: number) => rows[i + 1].changes - rows[i - 1].changes;
    const inner = rows.slice(1, -1).map((_, i) => i + 1);
    const closest = inner.reduce((best, i) => (gap(i) < gap(best) ? i : best));
    await drop(ctx, rows[closest]);
    rows = rows.filter((_, i) => i !== closest);
  }
}

export async function drop(ctx: MutationCtx, row: Checkpoint): Promise<void> {
  await deleteStored(ctx, row.storage);
  await ctx.db.delete("checkpoints", row._id);
}

function upTo(ctx: QueryCtx, boardId: Id<"boards">, ts: bigint | null) {
  return ctx.db.query("checkpoints").withIndex("by_board_and_ts", (q) => {
    const rows = q.eq("boardId", boardId);
    return ts === null ? rows : rows.lte("ts", ts);
  });
}
