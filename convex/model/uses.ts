/** Reads from the shapes themselves whether they show a file, so that no edit has to update a count. */
import { getConvexSize } from "convex/values";
import type { Doc } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";
import { findShape } from "./apply";

const HOUR = 60 * 60 * 1000; // ms
export const UNPLACED_KEPT = HOUR; // a file that no shape ever showed
export const UNUSED_KEPT = 30 * 24 * HOUR; // a file that no shape shows any more; undo may still need it
const MAX_USES = 1_000; // read, of one file
const MAX_ALL_USES = 2_500; // of all files that one function reads
const MAX_ALL_BYTES = 8 * 1024 * 1024; // of the shapes: one that was a picture may be a large stroke by now

/** What this function may still read. */
export type Looks = { uses: number; bytes: number };

export function looks(): Looks {
  return { uses: MAX_ALL_USES, bytes: MAX_ALL_BYTES };
}

export function areOver({ uses, bytes }: Looks): boolean {
  return uses <= 0 || bytes <= 0;
}

/**
 * How many shapes show the file, and since when (ms) none does. `since` is null if none ever did. `sure` is false if
 * there may be more uses, so that the file counts as shown, and is kept.
 */
export async function usesOf(
  ctx: QueryCtx,
  file: Doc<"files">,
  left: Looks,
  most = MAX_USES,
): Promise<{ shown: number; since: number | null; sure: boolean }> {
  const uses = await ctx.db
    .query("uses")
    .withIndex("by_file_and_shape", (q) => q.eq("fileId", file._id))
    .take(Math.max(1, Math.min(most, left.uses)));
  let shown = 0;
  let since: number | null = null;
  for (const { shapeId } of uses) {
    if (areOver(left)) break;
    left.uses--;
    const shape = await findShape(ctx, file.boardId, shapeId);
    if (shape === null) continue;
    left.bytes -= getConvexSize(shape);
    if (!shape.removed && "file" in shape && shape.file === file._id) shown++;
    // The commit that last touched the shape, in ns: the one that removed it, or gave it another file, or later.
    since = Math.max(since ?? 0, Number((shape.ts as bigint) / 1_000_000n));
  }
  const sure = shown > 0 || uses.length === 0 || (uses.length < MAX_USES && !areOver(left));
  return { shown: sure ? shown : 1, since, sure };
}

/**
 * When to check the file again, in ms; null to delete it now. A deleted board's files stay until purge.ts erases the
 * board.
 */
export async function dueNext(ctx: QueryCtx, file: Doc<"files">, now: number, left: Looks): Promise<number | null> {
  if ((await ctx.db.get("boards", file.boardId)) === null) return null;
  const { shown, since } = await usesOf(ctx, file, left);
  if (shown > 0) return now + UNUSED_KEPT;
  if (since === null || since + UNUSED_KEPT <= now) return null;
  return since + UNUSED_KEPT;
}
