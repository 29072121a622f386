/**
 * A takeback or a restore as it goes on, batch after batch: each transaction schedules the next. So it goes on after a
 * crash, and when the page that began it is closed. Nothing happens twice, since a batch runs only as the next one.
 */
import { v } from "convex/values";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import type { Edit } from "./apply";
import { rowsOf } from "./takeback";

/** What it has done until now. The numbers are of changes that were taken back, and of shapes. */
export const progress = {
  done: v.boolean(),
  changes: v.number(),
  removed: v.number(),
  restored: v.number(),
  changed: v.number(),
  kept: v.array(v.string()),
};

type Takeback = Doc<"takebacks">;
type Asked = Pick<Takeback, "takebackId" | "user" | "since" | "shapes">;

/** Begins to take back what there is in the log by now. */
export async function begun(ctx: MutationCtx, edit: Edit, asked: Asked): Promise<Takeback> {
  const { boardId, author, role } = edit;
  const latest = await rowsOf(ctx, { boardId, ...asked, until: 2n ** 63n - 1n }).first();
  const until = (latest?.ts ?? asked.since) as bigint;
  const counts = { batch: 0, changes: 0, removed: 0, restored: 0, changed: 0, kept: [] };
  const owner = role === "owner";
  const id = await ctx.db.insert("takebacks", {
    ...{ boardId, author, owner, until, next: latest && { ts: until } },
    ...asked,
    ...counts,
  });
  const made = (await ctx.db.get("takebacks", id))!;
  await goOn(ctx, made);
  return made;
}

/** Harmless if it goes on already. */
export async function goOn(ctx: MutationCtx, { _id, batch, next }: Takeback): Promise<void> {
  if (next !== null) await ctx.scheduler.runAfter(0, internal.takebacks.step, { takeback: _id, batch });
}

export async function find(ctx: QueryCtx, boardId: Id<"boards">, takebackId: string): Promise<Takeback | null> {
  return await ctx.db
    .query("takebacks")
    .withIndex("by_board_and_takeback", (q) => q.eq("boardId", boardId).eq("takebackId", takebackId))
    .unique();
}

/** The last takeback of this person's work, or the last restore, if it is not done. */
export async function goingOn(ctx: QueryCtx, boardId: Id<"boards">, user: Takeback["user"]): Promise<Takeback | null> {
  const last = await ctx.db
    .query("takebacks")
    .withIndex("by_board_and_user", (q) => q.eq("boardId", boardId).eq("user", user))
    .order("desc")
    .first();
  return last?.next ? last : null;
}

export function told({ next, changes, removed, restored, changed, kept }: Takeback) {
  return { done: next === null, changes, removed, restored, changed, kept };
}
