/** Stored objects that no row names, and snapshots that are too old. */
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";

const STRAY_KEPT = 24 * 60 * 60 * 1000; // ms that a stored object may be without a row; an upload takes minutes
const SNAPSHOT_KEPT = 30 * STRAY_KEPT; // the next visit reads the shapes and makes a new one

type Stored = { _id: Id<"_storage">; _creationTime: number };

/** Deletes the strays among these objects, and old snapshots with their rows. Returns how many. */
export async function deleteStrays(ctx: MutationCtx, stored: Stored[], now: number): Promise<number> {
  const old = now - STRAY_KEPT;
  let deleted = 0;
  for (const { _id, _creationTime } of stored) {
    if (_creationTime > old) continue;
    const snapshot = await snapshotIn(ctx, _id);
    if (snapshot ? _creationTime > old - SNAPSHOT_KEPT : await hasRow(ctx, _id)) continue;
    if (snapshot) await ctx.db.delete("snapshots", snapshot._id);
    await ctx.storage.delete(_id);
    deleted++;
  }
  return deleted;
}

export async function hasRow(ctx: QueryCtx, storage: Id<"_storage">): Promise<boolean> {
  const picture = ctx.db.query("variants").withIndex("by_storage", (q) => q.eq("storage", storage));
  const thumbnail = ctx.db.query("thumbnails").withIndex("by_storage", (q) => q.eq("storage", storage));
  const checkpoint = ctx.db.query("checkpoints").withIndex("by_storage", (q) => q.eq("storage", storage));
  const archive = ctx.db.query("archives").withIndex("by_storage", (q) => q.eq("storage", storage));
  const made = (await thumbnail.first()) ?? (await checkpoint.first()) ?? (await archive.first());
  return ((await picture.first()) ?? made ?? (await snapshotIn(ctx, storage))) !== null;
}

async function snapshotIn(ctx: QueryCtx, storage: Id<"_storage">): Promise<Doc<"snapshots"> | null> {
  return await ctx.db
    .query("snapshots")
    .withIndex("by_storage", (q) => q.eq("storage", storage))
    .first();
}
