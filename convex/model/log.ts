/** Appending to the log and reading it, for people and for the relay alike. */
import { getConvexSize, v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { count } from "./counter";
import { type Op, opOut, publicOp } from "./op";
import { spend } from "./rate";
import { refuse } from "./refuse";

const CHANGE_ID = /^[A-Za-z0-9_-]{1,64}$/;
const MAX_ROW = 900 * 1024; // bytes, before-images included; a Convex document ends at 1 MiB
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

export const changes = v.object({ changes: v.array(change), more: v.boolean() });

function checkChangeId(id: string, field: string): void {
  if (!CHANGE_ID.test(id)) refuse("invalid", "a change id is 1-64 of A-Z a-z 0-9 _ -", { field, limit: 64 });
}

/** The row that this operation id made before, for any person. */
export async function findChange(ctx: QueryCtx, boardId: Id<"boards">, changeId: string) {
  checkChangeId(changeId, "changeId");
  return await ctx.db
    .query("changes")
    .withIndex("by_board_and_change", (q) => q.eq("boardId", boardId).eq("changeId", changeId))
    .unique();
}

type Row = Omit<Doc<"changes">, "_id" | "_creationTime" | "ts">;

/** Appends one row, and counts `live` more shapes. @throws ConvexError `change_too_large`, `too_many_requests`, `board_full` */
export async function append(ctx: MutationCtx, row: Row, live: number): Promise<Id<"changes">> {
  if (row.continues !== undefined) checkChangeId(row.continues, "continues");
  const size = getConvexSize(row);
  if (size > MAX_ROW) {
    refuse("change_too_large", "a change, with what it replaces, is at most 900 KiB: send it in parts", {
      limit: MAX_ROW,
    });
  }
  await spend(ctx, "changes", row.author, size);
  await count(ctx, row.boardId, live);
  return await ctx.db.insert("changes", { ...row, ts: ctx.db.vars.commitTs });
}

/**
 * Rows committed after `after`, oldest first, at most 128 and 512 KiB. `more` says that there are more, and `known` whether the
 * log has a row of that very ts.
 */
export async function readAfter(ctx: QueryCtx, boardId: Id<"boards">, after: bigint) {
  const read = [];
  let known = after === FIRST;
  let bytes = 0;
  for await (const row of ctx.db
    .query("changes")
    .withIndex("by_board_and_ts", (q) => q.eq("boardId", boardId).gte("ts", after))) {
    if (row.ts === after) {
      known = true;
      continue;
    }
    bytes += getConvexSize(row);
    if (read.length === MAX_ROWS || (read.length > 0 && bytes > MAX_READ)) return { changes: read, more: true, known };
    read.push(publicChange(row));
  }
  return { changes: read, more: false, known };
}

/** Whether the log has a row of this ts, or the ts is 0, where every log begins. */
export async function hasChange(ctx: QueryCtx, boardId: Id<"boards">, ts: bigint): Promise<boolean> {
  if (ts === FIRST) return true;
  const row = await ctx.db
    .query("changes")
    .withIndex("by_board_and_ts", (q) => q.eq("boardId", boardId).eq("ts", ts))
    .first();
  return row !== null;
}

function publicChange(row: Doc<"changes">) {
  const ts = row.ts as bigint; // resolved: queries never see the placeholder
  const { changeId, author, undoes = null } = row;
  return { ts, changeId, author, undoes, ops: row.ops.map((op: Op) => publicOp(op, ts)) };
}
