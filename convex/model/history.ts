/**
 * Finds the row that a person's next undo or redo on a board takes back. It reads a few documents, however long the log
 * is.
 *
 * A row with `undoes` takes another row back, and a redo is a row that takes an undo back. So a person has two stacks:
 * changes in force, and undos in force with no change after them. The stacks are not stored; they follow from the rows.
 * When a row is taken back, the top of the stack is what it was before that row, which the person's next older row
 * tells. An undo or redo stores its `change`, the change that it takes back or brings back, and `next`, the new top of
 * the stack that it took from. The table `histories` has the tops after the last undo or redo.
 */
import { getConvexSize } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { unfolded } from "./folded";
import { findChange } from "./log";

const MAX_DEPTH = 1_000; // rows of earlier versions, which have no `next`, read from the newest back
const MAX_READ = 8 * 1024 * 1024; // bytes of them; a Convex transaction reads at most 16 MiB

type Row = Doc<"changes">;
type Top = Id<"changes"> | null;

/** The person and the board of a history. */
type Whose = { boardId: Id<"boards">; author: Id<"users"> };

/** The row that the next undo (or redo) takes back; null when there is none. */
export async function top(ctx: QueryCtx, whose: Whose, redo: boolean): Promise<Row | null> {
  const known = await historyOf(ctx, whose);
  const newer = await rowsOf(ctx, whose, (known?.ts ?? 0n) as bigint, null).first();
  const id =
    newer !== null ? await topAfter(ctx, whose, newer, redo) : known === null ? null : redo ? known.redo : known.undo;
  return id && (await unfolded(ctx, await ctx.db.get("changes", id)));
}

/** The `change` and `next` that the row of an undo or redo of `row` stores. */
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
  entry: { change: Top; next: Top },
): Promise<void> {
  const { boardId, author } = whose;
  const known = await historyOf(ctx, whose);
  const tops = redo ? { undo: entry.change, redo: entry.next } : { undo: entry.next, redo: made };
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

/** The same for rows of earlier versions: it skips each row that a later row in force took back. */
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
