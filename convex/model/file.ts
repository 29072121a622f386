/**
 * The rows of file storage: one in `files` for each picture and board, one in `variants` for each stored object, one in
 * `uses` for each shape that shows the picture or once did.
 */
import { type Infer, v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import type { Refuse } from "./check";
import { count } from "./quota";

const MAX_VARIANTS = 3;
const MAX_USES = 1_000; // deleted by one transaction

/** `side` is the longest side that the variant may have, `width` and `height` are its own, in px; `sha256` in hex. */
export const variantIn = v.object({
  side: v.number(),
  width: v.number(),
  height: v.number(),
  size: v.number(),
  sha256: v.string(),
  storage: v.id("_storage"),
});
type VariantIn = Infer<typeof variantIn>;

/** A file of this board by the id in a shape or a URL. */
export async function findFile(ctx: QueryCtx, boardId: Id<"boards">, file: string): Promise<Doc<"files"> | null> {
  const id = ctx.db.normalizeId("files", file);
  const found = id && (await ctx.db.get("files", id));
  return found && found.boardId === boardId ? found : null;
}

export async function findByDigest(ctx: QueryCtx, boardId: Id<"boards">, digest: string): Promise<Doc<"files"> | null> {
  return await ctx.db
    .query("files")
    .withIndex("by_board_and_digest", (q) => q.eq("boardId", boardId).eq("digest", digest))
    .first();
}

export async function variantsOf(ctx: QueryCtx, fileId: Id<"files">): Promise<Doc<"variants">[]> {
  return await ctx.db
    .query("variants")
    .withIndex("by_file", (q) => q.eq("fileId", fileId))
    .take(MAX_VARIANTS);
}

/** Notes that a shape shows the file from now on. @throws ConvexError `invalid` for a file that is not this board's */
export async function use(
  ctx: MutationCtx,
  boardId: Id<"boards">,
  file: string,
  shapeId: string,
  bad: Refuse,
): Promise<void> {
  const found = await findFile(ctx, boardId, file);
  if (found === null) return bad("file", "file must name a picture of this board: add it here first.");
  const known = await ctx.db
    .query("uses")
    .withIndex("by_file_and_shape", (q) => q.eq("fileId", found._id).eq("shapeId", shapeId))
    .first();
  if (known === null) await ctx.db.insert("uses", { fileId: found._id, shapeId });
}

/** Whether the object is in storage, with the size and digest that the web process made it with. */
export async function isStored(ctx: QueryCtx, { storage, size, sha256 }: VariantIn): Promise<boolean> {
  const stored = await ctx.db.system.get("_storage", storage);
  return stored !== null && stored.size === size && hex(stored.sha256) === sha256;
}

/** Some deployments return digests in hex, others in base64. */
function hex(digest: string): string {
  if (digest.length === 64) return digest.toLowerCase();
  return Array.from(atob(digest), (char) => char.charCodeAt(0).toString(16).padStart(2, "0")).join("");
}

/** Deletes some uses of a file that has too many for `erase`. True if so: then call again. */
export async function usesLeft(ctx: MutationCtx, file: Doc<"files">): Promise<boolean> {
  const uses = await ctx.db
    .query("uses")
    .withIndex("by_file_and_shape", (q) => q.eq("fileId", file._id))
    .take(MAX_USES);
  if (uses.length < MAX_USES) return false;
  for (const use of uses) await ctx.db.delete("uses", use._id);
  return true;
}

/** Deletes the file, its stored objects and its uses. */
export async function erase(ctx: MutationCtx, file: Doc<"files">): Promise<void> {
  for (const variant of await variantsOf(ctx, file._id)) {
    await deleteStored(ctx, variant.storage);
    await ctx.db.delete("variants", variant._id);
  }
  const uses = ctx.db.query("uses").withIndex("by_file_and_shape", (q) => q.eq("fileId", file._id));
  for (const use of await uses.take(MAX_USES)) await ctx.db.delete("uses", use._id);
  await count(ctx, file, -1);
  await ctx.db.delete("files", file._id);
}

export async function deleteStored(ctx: MutationCtx, storage: Id<"_storage">): Promise<void> {
  if ((await ctx.db.system.get("_storage", storage)) !== null) await ctx.storage.delete(storage);
}
