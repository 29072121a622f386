/**
 * The owner takes back what one person did on the board: everything, or from a moment on. It works in batches: each
 * transaction schedules the next. So it goes on after a crash, and when the page that began it is closed.
 */
import { type ObjectType, v } from "convex/values";
import { internal } from "./_generated/api";
import type { Doc, Id } from "./_generated/dataModel";
import { internalMutation, type MutationCtx, mutation, type QueryCtx, query } from "./_generated/server";
import { requireRole } from "./model/access";
import { sha256 } from "./model/digest";
import { begin, refuseReuse } from "./model/edit";
import { membersOf } from "./model/member";
import { spend } from "./model/rate";
import { refuse } from "./model/refuse";
import { rowsOf, takeSome } from "./model/takeback";
import { visitorsOf } from "./model/visitor";

const progress = v.object({
  takebackId: v.string(),
  user: v.id("users"),
  name: v.string(),
  since: v.int64(),
  done: v.boolean(),
  changes: v.number(),
  removed: v.number(),
  restored: v.number(),
  changed: v.number(),
  kept: v.array(v.string()),
});

const started = { board: v.string(), takebackId: v.string(), user: v.string(), since: v.int64() };

/**
 * Begins to take back all that the person did from the ts `since` on, up to now. A repetition, under the same id or
 * another one, joins what goes on. `takebackId` is also the id of the first change that it makes.
 */
export const start = mutation({
  args: started,
  returns: progress,
  handler: async (ctx, args) => {
    const { edit, first } = await begin(ctx, args.board, args.takebackId);
    if (edit.role !== "owner") refuse("forbidden", "Only the owner can take back what others have done.");
    const user = ctx.db.normalizeId("users", args.user);
    if (user === null || (await ctx.db.get("users", user)) === null)
      refuse("invalid", "user must be the id of a person.", { field: "user" });
    const known = (await find(ctx, edit.boardId, args.takebackId)) ?? (await goingOn(ctx, edit.boardId, user));
    if (known === null) {
      if (first !== null) refuseReuse();
      await spend(ctx, "edits", edit.author);
      return await told(ctx, await begun(ctx, edit, user, args));
    }
    if (known.takebackId === args.takebackId && (known.user !== user || known.since !== args.since)) refuseReuse();
    if (known.since > args.since)
      refuse("conflict", "What this person did is being taken back: wait until it is done.", { field: "since" });
    if (known.next !== null) await goOn(ctx, known); // harmless if it does so already
    return await told(ctx, known);
  },
});

/** What a takeback has done until now. */
export const get = query({
  args: { board: v.string(), takebackId: v.string() },
  returns: progress,
  handler: async (ctx, args) => {
    const { board } = await requireRole(ctx, args.board, "owner");
    const found = await find(ctx, board._id, args.takebackId);
    return await told(ctx, found ?? refuse("not_found", "Nothing was taken back under this id."));
  },
});

/** A member or visitor, or a person who was removed, by the hash that others see of them; null if there is none. */
export const person = query({
  args: { board: v.string(), person: v.string() },
  returns: v.union(v.null(), v.id("users")),
  handler: async (ctx, args) => {
    const { board } = await requireRole(ctx, args.board, "owner");
    const there = [await membersOf(ctx, board._id), await visitorsOf(ctx, board._id, false)].flat();
    for (const { userId } of there) {
      const user = await ctx.db.get("users", userId);
      if (user && (await sha256(user.tokenIdentifier)).startsWith(args.person)) return userId;
    }
    return null;
  },
});

export const step = internalMutation({
  args: { takeback: v.id("takebacks"), batch: v.number() },
  returns: v.null(),
  handler: async (ctx, { takeback, batch }) => {
    const found = await ctx.db.get("takebacks", takeback);
    if (found === null || found.batch !== batch || found.next === null) return null; // another one has done it
    if ((await ctx.db.get("boards", found.boardId))?.removed !== false) return null;
    const after = { ...found, ...(await takeSome(ctx, found)) };
    await ctx.db.replace("takebacks", takeback, after);
    if (after.next !== null) await goOn(ctx, after);
    return null;
  },
});

async function begun(
  ctx: MutationCtx,
  { boardId, author: owner }: { boardId: Id<"boards">; author: Id<"users"> },
  user: Id<"users">,
  { takebackId, since }: ObjectType<typeof started>,
): Promise<Doc<"takebacks">> {
  const latest = await rowsOf(ctx, boardId, user, since, 2n ** 63n - 1n).first();
  const until = (latest?.ts ?? since) as bigint;
  const counts = { batch: 0, changes: 0, removed: 0, restored: 0, changed: 0, kept: [] };
  const fields = { boardId, takebackId, owner, user, since, until, ...counts };
  const id = await ctx.db.insert("takebacks", { ...fields, next: latest && { ts: until } });
  const made = (await ctx.db.get("takebacks", id))!;
  if (latest !== null) await goOn(ctx, made);
  return made;
}

async function goOn(ctx: MutationCtx, { _id, batch }: Doc<"takebacks">): Promise<void> {
  await ctx.scheduler.runAfter(0, internal.takebacks.step, { takeback: _id, batch });
}

async function find(ctx: QueryCtx, boardId: Id<"boards">, takebackId: string): Promise<Doc<"takebacks"> | null> {
  return await ctx.db
    .query("takebacks")
    .withIndex("by_board_and_takeback", (q) => q.eq("boardId", boardId).eq("takebackId", takebackId))
    .unique();
}

/** What goes on for this person: the last one, or none. */
async function goingOn(ctx: QueryCtx, boardId: Id<"boards">, user: Id<"users">): Promise<Doc<"takebacks"> | null> {
  const last = await ctx.db
    .query("takebacks")
    .withIndex("by_board_and_user", (q) => q.eq("boardId", boardId).eq("user", user))
    .order("desc")
    .first();
  return last?.next ? last : null;
}

async function told(ctx: QueryCtx, takeback: Doc<"takebacks">) {
  const { takebackId, user, since, next, changes, removed, restored, changed, kept } = takeback;
  const name = (await ctx.db.get("users", user))?.name ?? "Guest";
  return { takebackId, user, name, since, done: next === null, changes, removed, restored, changed, kept };
}
