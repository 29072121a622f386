/** A file as listed on a board's page of files. */
import { v } from "convex/values";
import type { Doc } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";
import { type Looks, UNUSED_KEPT, usesOf } from "./uses";

const MAX_SHOWN = 20; // shapes counted for the list

export const listedFile = v.object({
  id: v.id("files"),
  name: v.string(),
  width: v.number(),
  height: v.number(),
  size: v.number(),
  at: v.number(),
  by: v.string(),
  yours: v.boolean(),
  shown: v.number(),
  keptUntil: v.union(v.number(), v.null()),
});

/** Null for a file that this person may not see: without `past` it must be theirs, or on the board now. */
export async function listed(ctx: QueryCtx, file: Doc<"files">, you: string, left: Looks, past: boolean) {
  const { _id: id, _creationTime: at, name, width, height, size, person } = file;
  const { shown, since, sure } = await usesOf(ctx, file, left, MAX_SHOWN);
  if (!past && person !== you && !(sure && shown > 0)) return null;
  const keptUntil = shown ? null : since === null ? file.dueAt : since + UNUSED_KEPT;
  const by = await ctx.db
    .query("users")
    .withIndex("by_token_identifier", (q) => q.eq("tokenIdentifier", person))
    .unique();
  return { id, name, width, height, size, at, by: by?.name ?? "Guest", yours: person === you, shown, keptUntil };
}
