/** What is written on boards, as the search over all boards of a person finds it. */
import type { Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { creatorOf, plain } from "./card";

/** The shape's text, label, title or alt text; "" if it says nothing, or was removed. */
export function said(shape: { removed: boolean; text?: string; alt?: string } | null): string {
  return shape === null || shape.removed ? "" : (shape.text ?? shape.alt ?? "");
}

/**
 * Keeps the row of a shape level with what it says. Only a change of this very shape writes it, so people who draw on
 * one board do not conflict by it.
 */
export async function writeDown(
  ctx: MutationCtx,
  { boardId, shapeId }: { boardId: Id<"boards">; shapeId: string },
  text: string,
): Promise<void> {
  const row = await ctx.db
    .query("writings")
    .withIndex("by_board_and_shape", (q) => q.eq("boardId", boardId).eq("shapeId", shapeId))
    .unique();
  const words = plain(text);
  if (row !== null && words.trim() === "") return await ctx.db.delete("writings", row._id);
  if (words.trim() === "" || row?.words === words) return;
  if (row !== null) return await ctx.db.patch("writings", row._id, { words });
  const board = await ctx.db.get("boards", boardId);
  await ctx.db.insert("writings", { boardId, shapeId, creator: creatorOf(board!), words });
}

/** The people among whose boards this person's are, at most so many. */
export async function creatorsFor(ctx: QueryCtx, userId: Id<"users">, most: number): Promise<Id<"users">[]> {
  const creators: Id<"users">[] = [];
  while (creators.length < most) {
    const last = creators.at(-1);
    const next = await ctx.db
      .query("cards")
      .withIndex("by_user_and_creator", (q) => q.eq("userId", userId).gt("creator", last))
      .first();
    if (next?.creator === undefined) break;
    creators.push(next.creator);
  }
  return creators;
}
