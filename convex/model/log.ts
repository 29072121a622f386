/** Appending to the log and reading it, for people and for the relay alike. */
import { getConvexSize, v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { count } from "./counter";
import { foldedOf } from "./folded";
import { checkId } from "./id";
import { type Op, opOut, publicOp } from "./op";
import { spend } from "./rate";
import { refuse } from "./refuse";

const MAX_ROW = 900 * 1024; // bytes, with what the change replaces; a Convex document has at most 1 MiB
const MAX_ROWS = 128; // of one read
const MAX_READ = 512 * 1024; // bytes of one read
const FIRST = 0n; // the ts where every log begins

export const change = v.object({
  ts: v.int64(),
  changeId: v.string(),
  author: v.id("users"),
  undoes: v.union(v.string(), v.null()),
  ops: v.array(opOut),
});

/** Rows up to `folded` no longer say what they did: see model/folded.ts. */
export const changes = v.object({ changes: v.array(change), more: v.boolean(), folded: v.int64() });

/** The row that this operation id made before, for any person. */
export async function findChange(ctx: QueryCtx, boardId: Id<"boards">, changeId: string) {
  checkId(changeId, "changeId");
  return await ctx.db
    .query("changes")
    .withIndex("by_board_and_change", (q) => q.eq("boardId", boardId).eq("changeId", changeId))
    .unique();
}

type Row = Omit<Doc<"changes">, "_id" | "_creationTime" | "ts">;

/** Bytes that the ops of one row may have, so that the row is at most `MAX_ROW`. */
export const MAX_OPS = MAX_ROW - 100 * 1024;

/**
 * Appends one row, and counts `live` more shapes. @throws ConvexError `change_too_large`, `too_many_requests`,
 * `board_full`
 */
export async function append(ctx: MutationCtx, row: Row, live: number): Promise<Id<"changes">> {
  if (row.continues !== undefined) checkId(row.continues, "continues");
  const size = getConvexSize(row);
  if (size > MAX_ROW) {
    refuse("change_too_large", "A change must be at most 900 KiB, together with what it replaces: send it in parts.", {
      limit: MAX_ROW,
    });
  }
  await spend(ctx, "changes", row.author, size);
  await count(ctx, row.boardId, live);
  return await insert(ctx, row);
}

/** Appends a part of what was allowed before, as a whole: it counts against no rate, and has room on the board. */
export async function appendPart(ctx: MutationCtx, row: Row, live: number): Promise<void> {
  await count(ctx, row.boardId, live, Number.POSITIVE_INFINITY);
  await insert(ctx, row);
}

async function insert(ctx: MutationCtx, row: Row): Promise<Id<"changes">> {
  return await ctx.db.insert("changes", { ...row, ts: ctx.db.vars.commitTs });
}

/**
 * Rows committed after `after`, oldest first, at most 128 rows and 512 KiB. `more`: there are further rows. `known`:
 * the log has a row with exactly this ts.
 */
export async function readAfter(ctx: QueryCtx, boardId: Id<"boards">, after: bigint) {
  const read = [];
  const folded = await foldedOf(ctx, boardId);
  let known = after === FIRST && folded === FIRST;
  let bytes = 0;
  for await (const row of ctx.db
    .query("changes")
    .withIndex("by_board_and_ts", (q) => q.eq("boardId", boardId).gte("ts", after))) {
    if (row.ts === after) {
      known = after >= folded;
      continue;
    }
    bytes += getConvexSize(row);
    if (read.length === MAX_ROWS || (read.length > 0 && bytes > MAX_READ))
      return { changes: read, more: true, known, folded };
    read.push(publicChange(row));
  }
  return { changes: read, more: false, known, folded };
}

/** The ts of the newest row; 0 on an empty board. */
export async function headOf(ctx: QueryCtx, boardId: Id<"boards">): Promise<bigint> {
  const latest = await ctx.db
    .query("changes")
    .withIndex("by_board_and_ts", (q) => q.eq("boardId", boardId))
    .order("desc")
    .first();
  return (latest?.ts ?? FIRST) as bigint;
}

/** Whether the log has a row with this ts, or the ts is 0, where every log begins. */
export async function hasChange(ctx: QueryCtx, boardId: Id<"boards">, ts: bigint): Promise<boolean> {
  if (ts === FIRST) return true;
  const row = await ctx.db
    .query("changes")
    .withIndex("by_board_and_ts", (q) => q.eq("boardId", boardId).eq("ts", ts))
    .first();
  return row !== null;
}

function publicChange(row: Doc<"changes">) {
  const ts = row.ts as bigint; // the real ts: only the mutation itself sees a placeholder
  const { changeId, author, undoes = null } = row;
  return { ts, changeId, author, undoes, ops: row.ops.map((op: Op) => publicOp(op, ts)) };
}
