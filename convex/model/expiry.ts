/** Rows that end at a time of their own: the scheduler deletes each then. */
import { v } from "convex/values";
import { internal } from "../_generated/api";
import type { Id } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";

export const expiring = v.union(v.literal("invites"), v.literal("claims"), v.literal("asks"));
type Expiring = "invites" | "claims" | "asks";

/** `at` is in ms since the epoch. A row that is deleted before is no trouble. */
export async function expireAt<T extends Expiring>(ctx: MutationCtx, table: T, id: Id<T>, at: number): Promise<void> {
  await ctx.scheduler.runAt(at, internal.collect.due, { table, id });
}
