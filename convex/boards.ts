/** Boards: title, owner and visibility. Their drawings are in changes.ts. */
import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v } from "convex/values";
import { oneLine } from "../browser/text/line.ts";
import type { Doc } from "./_generated/dataModel";
import { mutation, type QueryCtx, query } from "./_generated/server";
import { findUser, liveBoard, requireRole, requireUser } from "./model/access";
import { changedAt } from "./model/counter";
import { limits } from "./model/limits";
import { membersOf } from "./model/member";
import { once } from "./model/operation";
import { spend } from "./model/rate";
import { refuse } from "./model/refuse";
import { removeBoard } from "./model/removal";
import { effectiveRole, role, visibility } from "./model/role";

const MAX_TITLE = 200; // characters
const MAX_PAGE = 100; // boards

const summary = v.object({ id: v.id("boards"), title: v.string(), role, updatedAt: v.number() });

export const create = mutation({
  args: { operationId: v.string(), title: v.string() },
  returns: v.object({ id: v.id("boards") }),
  handler: async (ctx, args) => {
    const owner = await requireUser(ctx);
    const title = checkTitle(args.title);
    const id = await once(ctx, owner, "boards:create", args, async () => {
      await spend(ctx, "boards", owner);
      const boardId = await ctx.db.insert("boards", { title, owner, visibility: "private", removed: false });
      await ctx.db.insert("members", { boardId, userId: owner, role: "owner", title });
      return boardId;
    });
    const board = ctx.db.normalizeId("boards", id ?? "");
    if (board === null)
      refuse("conflict", "This operationId was already used for another request: choose a new one.", {
        field: "operationId",
      });
    return { id: board };
  },
});

export const get = query({
  args: { board: v.string() },
  returns: summary.extend({ visibility, presenting: v.boolean(), embeddable: v.boolean() }),
  handler: async (ctx, args) => {
    const { board, role } = await requireRole(ctx, args.board, "viewer");
    const { visibility, presenting = false, embeddable = false } = board;
    return { ...(await summarise(ctx, board)), role, visibility, presenting, embeddable };
  },
});

/** The caller's boards, newest first; with `search`, those whose title has its words, best first. */
export const list = query({
  args: { paginationOpts: paginationOptsValidator, search: v.optional(v.string()) },
  returns: paginationResultValidator(summary),
  handler: async (ctx, { paginationOpts, search }) => {
    const user = await findUser(ctx);
    if (user === null) return { page: [], isDone: true, continueCursor: "" };
    const opts = { ...paginationOpts, numItems: Math.min(paginationOpts.numItems, MAX_PAGE) };
    const members = ctx.db.query("members");
    const found = search
      ? members.withSearchIndex("search_title", (q) => q.search("title", search).eq("userId", user._id))
      : members.withIndex("by_user", (q) => q.eq("userId", user._id)).order("desc");
    const result = await found.paginate(opts);
    const page = result.page.map(async (member) => {
      const board = await liveBoard(ctx, member.boardId);
      return board && { ...(await summarise(ctx, board)), role: effectiveRole(member.role, board)! };
    });
    return { ...result, page: (await Promise.all(page)).filter((board) => board !== null) };
  },
});

/**
 * `base` is the title that the caller saw. Returns the replaced title if it differs, so that the caller can be told.
 */
export const update = mutation({
  args: {
    operationId: v.string(),
    board: v.string(),
    title: v.optional(v.string()),
    base: v.optional(v.string()),
    visibility: v.optional(visibility),
    presenting: v.optional(v.boolean()),
    embeddable: v.optional(v.boolean()),
  },
  returns: v.union(v.null(), v.string()),
  handler: async (ctx, args) => {
    const { visibility, presenting, embeddable } = args;
    const owners = [visibility, presenting, embeddable].some((set) => set !== undefined);
    const user = await requireUser(ctx);
    const replaced = await once(ctx, user, "boards:update", args, async () => {
      await spend(ctx, "edits", user);
      const { board } = await requireRole(ctx, args.board, owners ? "owner" : "editor");
      if (visibility !== undefined) await ctx.db.patch("boards", board._id, { visibility });
      if (presenting !== undefined) await ctx.db.patch("boards", board._id, { presenting });
      if (embeddable !== undefined) await ctx.db.patch("boards", board._id, { embeddable });
      if (args.title === undefined) return undefined;
      const title = checkTitle(args.title);
      await rename(board, title);
      return args.base === undefined || [oneLine(args.base), title].includes(board.title) ? undefined : board.title;
    });
    return replaced ?? null;

    async function rename(board: Doc<"boards">, title: string) {
      await ctx.db.patch("boards", board._id, { title });
      for (const member of await membersOf(ctx, board._id)) await ctx.db.patch("members", member._id, { title });
    }
  },
});

/** Moves the board to its owner's trash (trash.ts), or deletes it for good if TRASH_DAYS is 0. */
export const remove = mutation({
  args: { operationId: v.string(), board: v.string() },
  returns: v.null(),
  handler: async (ctx, args) => {
    const user = await requireUser(ctx);
    await once(ctx, user, "boards:remove", args, async () => {
      await spend(ctx, "edits", user);
      const { board } = await requireRole(ctx, args.board, "owner");
      const now = Date.now();
      if (limits().trashDays === 0) await removeBoard(ctx, board._id, now, now);
      else await ctx.db.patch("boards", board._id, { trashedAt: now });
      return undefined;
    });
    return null;
  },
});

async function summarise(ctx: QueryCtx, board: Doc<"boards">) {
  const updatedAt = (await changedAt(ctx, board._id)) ?? board._creationTime;
  return { id: board._id, title: board.title, updatedAt };
}

function checkTitle(title: string): string {
  const line = oneLine(title);
  if (line === "" || oneLine(line, MAX_TITLE) !== line) {
    refuse("invalid", `title must have 1 to ${MAX_TITLE} characters.`, { field: "title", limit: MAX_TITLE });
  }
  return line;
}
