/** The owner takes back what one person did on the board: everything, or from a moment on. */
import { v } from "convex/values";
import type { Doc } from "./_generated/dataModel";
import { internalMutation, mutation, type QueryCtx, query } from "./_generated/server";
import { requireRole } from "./model/access";
import { begun, find, goingOn, goOn, progress, told } from "./model/batches";
import { sha256 } from "./model/digest";
import { begin, refuseReuse } from "./model/edit";
import { membersOf } from "./model/member";
import { spend } from "./model/rate";
import { refuse } from "./model/refuse";
import { takeSome } from "./model/takeback";
import { visitorsOf } from "./model/visitor";

const takeback = v.object({
  takebackId: v.string(),
  user: v.id("users"),
  name: v.string(),
  since: v.int64(),
  ...progress,
});

/**
 * Begins to take back all that the person did from the ts `since` on, up to now. A repetition, under the same id or
 * another one, joins what goes on. `takebackId` is also the id of the first change that it makes.
 */
export const start = mutation({
  args: { board: v.string(), takebackId: v.string(), user: v.string(), since: v.int64() },
  returns: takeback,
  handler: async (ctx, { board, takebackId, since, ...args }) => {
    const { edit, first } = await begin(ctx, board, takebackId);
    if (edit.role !== "owner") refuse("forbidden", "Only the owner can take back what others have done.");
    const user = ctx.db.normalizeId("users", args.user);
    if (user === null || (await ctx.db.get("users", user)) === null)
      refuse("invalid", "user must be the id of a person.", { field: "user" });
    const same = await find(ctx, edit.boardId, takebackId);
    if (same !== null ? same.user !== user || same.since !== since : first !== null) refuseReuse();
    const known = same ?? (await goingOn(ctx, edit.boardId, user));
    if (known === null) {
      await spend(ctx, "edits", edit.author);
      return await named(ctx, await begun(ctx, edit, { takebackId, user, since }));
    }
    if (known.since > since)
      refuse("conflict", "What this person did is being taken back: wait until it is done.", { field: "since" });
    await goOn(ctx, known);
    return await named(ctx, known);
  },
});

/** What a takeback has done until now. */
export const get = query({
  args: { board: v.string(), takebackId: v.string() },
  returns: takeback,
  handler: async (ctx, args) => {
    const { board } = await requireRole(ctx, args.board, "owner");
    const found = await find(ctx, board._id, args.takebackId);
    if (!found?.user) refuse("not_found", "Nothing was taken back under this id.");
    return await named(ctx, found);
  },
});

/** A member or visitor by the hash that others see of them; null if there is none. */
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

/** The next batch, of a restore too. */
export const step = internalMutation({
  args: { takeback: v.id("takebacks"), batch: v.number() },
  returns: v.null(),
  handler: async (ctx, { takeback, batch }) => {
    const found = await ctx.db.get("takebacks", takeback);
    if (found === null || found.batch !== batch || found.next === null) return null; // another one has done it
    if ((await ctx.db.get("boards", found.boardId))?.removed !== false) return null;
    const after = { ...found, ...(await takeSome(ctx, found)) };
    await ctx.db.replace("takebacks", takeback, after);
    await goOn(ctx, after);
    return null;
  },
});

async function named(ctx: QueryCtx, takeback: Doc<"takebacks">) {
  const { takebackId, since } = takeback;
  const user = takeback.user!;
  const name = (await ctx.db.get("users", user))?.name ?? "Guest";
  return { takebackId, user, name, since, ...told(takeback) };
}
