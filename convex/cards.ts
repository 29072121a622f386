/** A person's list of boards: see model/card.ts. */
import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v } from "convex/values";
import type { Doc, Id } from "./_generated/dataModel";
import { type MutationCtx, mutation, type QueryCtx, query } from "./_generated/server";
import { findUser, requireRole, requireUser, standing } from "./model/access";
import { addCard, cardOf, cardsIn, cardsNamed, dropCard, hasNews, insertCard, section, sort } from "./model/card";
import { changedAt } from "./model/counter";
import { once } from "./model/operation";
import { peopleOn, person } from "./model/presence";
import { spend } from "./model/rate";
import { refuse } from "./model/refuse";
import { role } from "./model/role";
import { forgetVisitor } from "./model/visitor";

const MAX_PAGE = 100; // boards
const MAX_SOME = 50; // boards
const FACES = 4; // of people on a board
const BATCH = 100; // boards of earlier versions that one call lists

const summary = v.object({
  id: v.id("boards"),
  title: v.string(),
  role,
  member: v.boolean(), // false: by the link
  updatedAt: v.number(),
  editor: v.union(v.string(), v.null()), // the name of the last one, to the minute
  openedAt: v.number(),
  starred: v.boolean(),
  news: v.boolean(), // others have changed it since the caller was there
  template: v.boolean(),
  copyable: v.boolean(), // by those who may only view it
  source: v.union(v.object({ id: v.id("boards"), title: v.string() }), v.null()), // of a fork, if the caller may see it
  people: v.array(person), // some of those who have it open
  here: v.number(), // how many have
});

/**
 * A page of the caller's boards in a section; with `search`, those whose title has its words, best first. If
 * `complete` is false, boards of earlier versions are missing: call `gather` first.
 */
export const list = query({
  args: {
    paginationOpts: paginationOptsValidator,
    section: v.optional(section),
    sort: v.optional(sort),
    search: v.optional(v.string()),
    now: v.optional(v.number()), // ms since the epoch; without it, people may be listed who have gone
  },
  returns: paginationResultValidator(summary).extend({ complete: v.boolean() }),
  handler: async (ctx, { paginationOpts, section = "recent", sort = "opened", search, now }) => {
    const user = await findUser(ctx);
    const complete = user?.listed ?? user === null;
    if (user === null || !complete) return { page: [], isDone: true, continueCursor: "", complete };
    const opts = { ...paginationOpts, numItems: Math.min(paginationOpts.numItems, MAX_PAGE) };
    const found = search ? cardsNamed(ctx, user._id, section, search) : cardsIn(ctx, user._id, section, sort);
    const result = await found.paginate(opts);
    const page = await Promise.all(result.page.map((card) => summarise(ctx, card, user, now ?? Date.now())));
    return { ...result, page: page.filter((board) => board !== null), complete };
  },
});

/** The boards among these that are in the caller's list, and that they may see. */
export const some = query({
  args: { boards: v.array(v.string()), now: v.number() },
  returns: v.array(summary),
  handler: async (ctx, { boards, now }) => {
    const user = await findUser(ctx);
    if (user === null) return [];
    const found = await Promise.all(boards.slice(0, MAX_SOME).map((board) => summariseListed(ctx, board, user, now)));
    return found.filter((board) => board !== null);
  },
});

async function summariseListed(ctx: QueryCtx, board: string, user: Doc<"users">, now: number) {
  const id = ctx.db.normalizeId("boards", board);
  const card = id && (await cardOf(ctx, id, user._id));
  return card && (await summarise(ctx, card, user, now));
}

/** Null if the person may not see the board any more, such as after the owner made it private. */
async function summarise(ctx: QueryCtx, card: Doc<"cards">, user: Doc<"users">, now: number) {
  const { found: board, role, member } = await standing(ctx, card.boardId, user);
  if (board === null || role === null) return null;
  const { openedAt, starred } = card;
  const editor = board.editedBy ? ((await ctx.db.get("users", board.editedBy))?.name ?? null) : null;
  const updatedAt = (await changedAt(ctx, board._id)) ?? board._creationTime;
  const present = await peopleOn(ctx, board._id, now, FACES);
  return {
    id: board._id,
    title: board.title,
    role,
    member: member !== null,
    updatedAt,
    editor,
    openedAt,
    starred,
    news: hasNews(card),
    template: board.template ?? false,
    copyable: board.copyable ?? false,
    source: await sourceOf(ctx, board, user),
    ...present,
  };
}

async function sourceOf(ctx: QueryCtx, { source }: Doc<"boards">, user: Doc<"users">) {
  if (source === undefined) return null;
  const { found, role } = await standing(ctx, source, user);
  return found === null || role === null ? null : { id: found._id, title: found.title };
}

/** Puts a star on a board of the caller's list, or takes it off. */
export const star = mutation({
  args: { operationId: v.string(), board: v.string(), starred: v.boolean() },
  returns: v.null(),
  handler: async (ctx, args) => {
    const user = await requireUser(ctx);
    await once(ctx, user, "cards:star", args, async () => {
      await spend(ctx, "edits", user);
      const { board } = await requireRole(ctx, args.board, "viewer");
      await addCard(ctx, board, user);
      const card = await cardOf(ctx, board._id, user);
      await ctx.db.patch("cards", card!._id, { starred: args.starred });
      return undefined;
    });
    return null;
  },
});

/**
 * Takes a board that belongs to somebody else out of the caller's list. A member leaves it; who came by its link may
 * come back.
 */
export const leave = mutation({
  args: { operationId: v.string(), board: v.string() },
  returns: v.null(),
  handler: async (ctx, args) => {
    const user = await requireUser(ctx);
    await once(ctx, user, "cards:leave", args, async () => {
      await spend(ctx, "edits", user);
      const { board, member } = await requireRole(ctx, args.board, "viewer");
      if (member?.role === "owner")
        refuse("conflict", "The owner cannot leave: give the board to another member first.");
      if (member) await ctx.db.delete("members", member._id);
      else await forgetVisitor(ctx, board._id, user);
      await dropCard(ctx, board._id, user);
      return undefined;
    });
    return null;
  },
});

/**
 * Makes cards for the boards that the caller got from an earlier version of Easel, which had none. `after` is what the
 * call before returned; null: all are there.
 */
export const gather = mutation({
  args: { after: v.number() },
  returns: v.union(v.number(), v.null()),
  handler: async (ctx, { after }) => {
    const user = await requireUser(ctx);
    if ((await ctx.db.get("users", user))?.listed) return null;
    const members = await ctx.db
      .query("members")
      .withIndex("by_user", (q) => q.eq("userId", user).gt("_creationTime", after))
      .take(BATCH);
    for (const { boardId, _creationTime } of members) await gatherOne(ctx, boardId, user, _creationTime);
    if (members.length === BATCH) return members[BATCH - 1]._creationTime;
    const visits = ctx.db.query("visitors").withIndex("by_user", (q) => q.eq("userId", user));
    for (const { boardId, removed, seenAt } of await visits.order("desc").take(BATCH))
      if (!removed) await gatherOne(ctx, boardId, user, seenAt);
    await ctx.db.patch("users", user, { listed: true });
    return null;
  },
});

async function gatherOne(ctx: MutationCtx, boardId: Id<"boards">, user: Id<"users">, openedAt: number): Promise<void> {
  const board = await ctx.db.get("boards", boardId);
  if (board === null || board.removed || (await cardOf(ctx, boardId, user))) return;
  const editedAt = board.editedAt ?? (await changedAt(ctx, boardId)) ?? board._creationTime;
  await insertCard(ctx, { ...board, editedAt }, user, openedAt);
}
