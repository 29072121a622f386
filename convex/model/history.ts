/**
 * Finds the row that a person's next undo or redo on a board takes back. It reads a few documents, however long the log is.
 *
 * A row with `undoes` takes another row back; a redo is a row that takes an undo back. So there are two stacks: changes in
 * force, and undos in force that no later change has buried. They are the rows themselves: what was on top of a stack before
 * a row is on top again once that row is taken back, and follows from the person's next older row. An undo or redo says
 * which `change` it is about, and what is on top of the stack that it took from (`next`). The last one's word is kept small in
 * `histories`.
 */
import { getConvexSize } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { findChange } from "./log";

const MAX_DEPTH = 1_000; // rows of earlier versions, which have no `next`, read back from the newest
const MAX_READ = 8 * 1024 * 1024; // bytes of them; a Convex transaction reads at most 16 MiB

type Row = Doc<"changes">;
type Top = Id<"changes"> | null;

/** Whose history, and where. */
type Whose = { boardId: Id<"boards">; author: Id<"users"> };

/** The row that the next undo (or redo) takes back; null when there is none. */
export async function top(ctx: QueryCtx, whose: Whose, redo: boolean): Promise<Row | null> {
  const known = await historyOf(ctx, whose);
  const newer = await rowsOf(ctx, whose, (known?.ts ?? 0n) as bigint, null).first();
  const id =
    newer !== null ? await topAfter(ctx, whose, newer, redo) : known === null ? null : redo ? known.redo : known.undo;
  return id && (await ctx.db.get("changes", id));
}

/** What an undo or redo of `row` says of itself: the change it is about, and what is on top of the stack that it took from. */
export async function after(ctx: QueryCtx, whose: Whose, row: Row, redo: boolean): Promise<{ change: Top; next: Top }> {
  const next = await below(ctx, whose, row, redo);
  if (!redo) return { change: row._id, next };
  return { change: row.change ?? (await findChange(ctx, whose.boardId, row.undoes!))?._id ?? null, next };
}

/** Stores that the row `made` is the latest undo or redo. */
export async function keep(
  ctx: MutationCtx,
  whose: Whose,
  redo: boolean,
  made: Id<"changes">,
  told: { change: Top; next: Top },
): Promise<void> {
  const { boardId, author } = whose;
  const known = await historyOf(ctx, whose);
  const tops = redo ? { undo: told.change, redo: told.next } : { undo: told.next, redo: made };
  const history = { boardId, author, ...tops, ts: ctx.db.vars.commitTs };
  if (known !== null) await ctx.db.replace("histories", known._id, history);
  else await ctx.db.insert("histories", history);
}

/** The new top of the stack after `row`, its top until now, is taken back. */
async function below(ctx: QueryCtx, whose: Whose, row: Row, redo: boolean): Promise<Top> {
  const before = await rowsOf(ctx, whose, 0n, row.ts as bigint).first();
  return before && (await topAfter(ctx, whose, before, redo));
}

async function topAfter(ctx: QueryCtx, whose: Whose, row: Row, redo: boolean): Promise<Top> {
  if (row.undoes === undefined) return redo ? null : row._id;
  if (row.next === undefined) return await searched(ctx, whose, row.ts as bigint, redo);
  if (row.redo) return redo ? row.next : (row.change ?? null);
  return redo ? row._id : row.next;
}

/** The same for rows of earlier versions: a row that a later one in force took back is passed over. */
async function searched(ctx: QueryCtx, whose: Whose, upTo: bigint, redo: boolean): Promise<Top> {
  const takenBack = new Set<string>();
  let depth = 0;
  let read = 0;
  for await (const row of rowsOf(ctx, whose, 0n, upTo + 1n)) {
    read += getConvexSize(row);
    if (++depth > MAX_DEPTH || read > MAX_READ) return null;
    if (takenBack.has(row.changeId)) continue;
    if (row.undoes === undefined) return redo ? null : row._id;
    takenBack.add(row.undoes);
    if (redo && !row.redo) return row._id;
  }
  return null;
}

/** Newest first. */
function rowsOf(ctx: QueryCtx, { boardId, author }: Whose, after: bigint, before: bigint | null) {
  return ctx.db
    .query("changes")
    .withIndex("by_board_and_author_and_ts", (q) => {
      const rows = q.eq("boardId", boardId).eq("author", author).gt("ts", after);
      return before === null ? rows : rows.lt("ts", before);
    })
    .order("desc");
}

async function historyOf(ctx: QueryCtx, { boardId, author }: Whose) {
  return await ctx.db
    .query("histories")
    .withIndex("by_board_and_author", (q) => q.eq("boardId", boardId).eq("author", author))
    .unique();
}
