/** The ZIP files of all boards of a person: at most one of each person, which is deleted after a day. */
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { deleteStored } from "./file";

export const KEPT = 24 * 60 * 60 * 1000; // ms
export const SILENT = 60 * 1000; // ms without a report, after which the process that made it counts as gone
export const MOST = 4; // that are made at a time, on the whole server

export async function archiveOf(ctx: QueryCtx, person: string): Promise<Doc<"archives"> | null> {
  return await ctx.db
    .query("archives")
    .withIndex("by_person", (q) => q.eq("person", person))
    .first();
}

export async function findArchive(ctx: QueryCtx, archive: string): Promise<Doc<"archives"> | null> {
  const id = ctx.db.normalizeId("archives", archive);
  return id && (await ctx.db.get("archives", id));
}

/** Whether a process still works at it. */
export function goesOn({ state, aliveAt }: Doc<"archives">, now: number): boolean {
  return state === "working" && aliveAt > now - SILENT;
}

/** How many others are being made, counted up to the limit. */
export async function busy(ctx: QueryCtx, now: number): Promise<boolean> {
  const working = await ctx.db
    .query("archives")
    .withIndex("by_state", (q) => q.eq("state", "working").gt("aliveAt", now - SILENT))
    .take(MOST);
  return working.length === MOST;
}

/** Deletes it, with its file, when its time is over. */
export async function deleteLater(ctx: MutationCtx, archive: Id<"archives">): Promise<void> {
  await ctx.scheduler.runAfter(KEPT, internal.archives.expire, { archive });
}

export async function dropArchive(ctx: MutationCtx, archive: Doc<"archives"> | null): Promise<void> {
  if (archive === null) return;
  if (archive.storage !== undefined) await deleteStored(ctx, archive.storage);
  await ctx.db.delete("archives", archive._id);
}
