/** Adds rows of the log to the sittings: so many at a time, from where the last time ended. */
import { getConvexSize } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { doneBy, Kinds } from "./deed";
import { begun, extended, goesOn, type Sitting } from "./sitting";

const MAX_ROWS = 500; // of one transaction
const MAX_READ = 4 * 1024 * 1024; // bytes of one transaction; a Convex transaction reads at most 16 MiB

type Known = Sitting & { _id?: Id<"sittings"> };

export async function gatheredOf(ctx: QueryCtx, boardId: Id<"boards">) {
  return await ctx.db
    .query("gathered")
    .withIndex("by_board", (q) => q.eq("boardId", boardId))
    .unique();
}

/** The ts up to which the sittings are complete. */
export async function gatheredTs(ctx: QueryCtx, boardId: Id<"boards">): Promise<bigint> {
  return (await gatheredOf(ctx, boardId))?.ts ?? 0n;
}

/**
 * Goes on up to a row that is in the log already: so it reads nothing that a person who draws meanwhile writes. True if
 * it has come there.
 */
export async function gather(ctx: MutationCtx, boardId: Id<"boards">, upTo: bigint): Promise<boolean> {
  const known = await gatheredOf(ctx, boardId);
  const { rows, more } = await read(ctx, boardId, known?.ts ?? 0n, upTo);
  const kinds = new Kinds(ctx, boardId);
  const last: Map<Id<"users">, Known> = new Map();
  for (const row of rows) {
    const before = last.get(row.author) ?? (await lastOf(ctx, boardId, row.author));
    const goes = before !== null && goesOn(before, row);
    if (before && !goes) await keep(ctx, { ...before, touched: [] });
    last.set(row.author, extended(before && goes ? before : begun(row), row, await doneBy(kinds, row)));
  }
  for (const sitting of last.values()) await keep(ctx, sitting);
  const ts = rows.length > 0 ? (rows[rows.length - 1].ts as bigint) : (known?.ts ?? 0n);
  const now = { boardId, ts, at: Date.now(), goesOn: more };
  if (known) await ctx.db.replace("gathered", known._id, now);
  else await ctx.db.insert("gathered", now);
  return !more;
}

async function read(ctx: QueryCtx, boardId: Id<"boards">, after: bigint, upTo: bigint) {
  const rows: Doc<"changes">[] = [];
  let bytes = 0;
  for await (const row of ctx.db
    .query("changes")
    .withIndex("by_board_and_ts", (q) => q.eq("boardId", boardId).gt("ts", after).lte("ts", upTo))) {
    bytes += getConvexSize(row);
    if (rows.length === MAX_ROWS || (rows.length > 0 && bytes > MAX_READ)) return { rows, more: true };
    rows.push(row);
  }
  return { rows, more: false };
}

async function lastOf(ctx: QueryCtx, boardId: Id<"boards">, author: Id<"users">): Promise<Known | null> {
  return await ctx.db
    .query("sittings")
    .withIndex("by_board_and_author_and_to", (q) => q.eq("boardId", boardId).eq("author", author))
    .order("desc")
    .first();
}

async function keep(ctx: MutationCtx, sitting: Known): Promise<void> {
  const { boardId, author, from, to, changes, deeds, touched, _id } = sitting;
  const fields = { boardId, author, from, to, changes, deeds, touched };
  if (_id) await ctx.db.replace("sittings", _id, fields);
  else await ctx.db.insert("sittings", fields);
}
