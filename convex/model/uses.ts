/** Whether a file is of use is read from the shapes themselves, so that no edit of a shape has to keep count. */
import { Doc } from "../_generated/dataModel";
import { QueryCtx } from "../_generated/server";
import { findShape } from "./apply";

const HOUR = 60 * 60 * 1000; // ms
export const UNPLACED_KEPT = HOUR; // a file that no shape ever showed
export const UNUSED_KEPT = 30 * 24 * HOUR; // one that none shows any more, but undo or history may
const MAX_USES = 1_000; // looked at

/** How many shapes show the file, and since when (ms) none does; `since` is null for one that was never shown. */
export async function usesOf(
  ctx: QueryCtx,
  file: Doc<"files">,
  most = MAX_USES,
): Promise<{ shown: number; since: number | null }> {
  const uses = await ctx.db
    .query("uses")
    .withIndex("by_file_and_shape", (q) => q.eq("fileId", file._id))
    .take(most);
  let shown = 0;
  let since: number | null = null;
  for (const { shapeId } of uses) {
    const shape = await findShape(ctx, file.boardId, shapeId);
    if (shape === null) continue;
    if (!shape.removed && "file" in shape && shape.file === file._id) shown++;
    // The commit that last touched the shape, in ns: the one that removed it, or gave it another file, or later.
    since = Math.max(since ?? 0, Number((shape.ts as bigint) / 1_000_000n));
  }
  // There may be more: then the file counts as shown, and is kept.
  if (shown === 0 && uses.length === MAX_USES) shown = 1;
  return { shown, since };
}
