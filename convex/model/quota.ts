/**
 * Bytes of the files of a board, and of a person, and their limits. Only adding and deleting files changes the counts.
 */
import { type Infer, v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { refuse } from "./refuse";

const MAX_FILES = 1_000; // a board

/**
 * The most bytes of a board's files, and of a person's; 0 is no limit. The web process sends them from its settings.
 */
export const quotas = v.object({ board: v.number(), person: v.number() });
export type Quotas = Infer<typeof quotas>;

/** @throws ConvexError `storage_full`, with a message that says whose share is used up */
export async function checkQuotas(
  ctx: QueryCtx,
  boardId: Id<"boards">,
  person: string,
  size: number,
  most: Quotas,
): Promise<void> {
  const board = await usage(ctx, boardId);
  if (most.board > 0 && board.bytes + size > most.board) {
    refuse(
      "storage_full",
      `The pictures of this board use ${inMiB(board.bytes)} of ${inMiB(most.board)}: delete unused ones.`,
      { limit: most.board },
    );
  }
  if (board.files >= MAX_FILES)
    refuse("storage_full", `A board can have at most ${MAX_FILES} pictures.`, { limit: MAX_FILES });
  const own = await usage(ctx, person);
  if (most.person > 0 && own.bytes + size > most.person) {
    refuse("storage_full", `Your pictures use ${inMiB(own.bytes)} of ${inMiB(most.person)}: delete unused ones.`, {
      limit: most.person,
    });
  }
}

const inMiB = (bytes: number): string => `${(bytes / 2 ** 20).toFixed(1)} MiB`;

/** Bytes and number of the files of a board, or of a person. */
export async function usage(ctx: QueryCtx, of: string): Promise<{ bytes: number; files: number }> {
  const row = await usageRow(ctx, of);
  return { bytes: row?.bytes ?? 0, files: row?.files ?? 0 };
}

/** `size` includes all variants. `files` is 1 for a new file, -1 for a deleted one. */
export async function count(ctx: MutationCtx, file: { boardId: string; person: string; size: number }, files: 1 | -1) {
  for (const owner of [file.boardId, file.person]) {
    const row = await usageRow(ctx, owner);
    const bytes = Math.max(0, (row?.bytes ?? 0) + files * file.size);
    const number = Math.max(0, (row?.files ?? 0) + files);
    if (row === null) await ctx.db.insert("usage", { of: owner, bytes, files: number });
    else await ctx.db.patch("usage", row._id, { bytes, files: number });
  }
}

async function usageRow(ctx: QueryCtx, of: string): Promise<Doc<"usage"> | null> {
  return await ctx.db
    .query("usage")
    .withIndex("by_of", (q) => q.eq("of", of))
    .unique();
}
