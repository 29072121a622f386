/** Boards: title, owner and visibility. Their drawings are in changes.ts. */
import { v } from "convex/values";
import { oneLine } from "../browser/text/line.ts";
import type { Doc } from "./_generated/dataModel";
import { mutation, type QueryCtx, query } from "./_generated/server";
import { requireRole, requireUser } from "./model/access";
import { addCard, patchCards } from "./model/card";
import { changedAt } from "./model/counter";
import { limits } from "./model/limits";
import { once } from "./model/operation";
import { spend } from "./model/rate";
import { refuse } from "./model/refuse";
import { moveToTrash, removeBoard } from "./model/removal";
import { role, visibility } from "./model/role";

const MAX_TITLE = 200; // characters

const summary = v.object({ id: v.id("boards"), title: v.string(), role, updatedAt: v.number() });

/** A fork has a `source`, which the caller may copy. */
export const create = mutation({
  args: { operationId: v.string(), title: v.string(), source: v.optional(v.string()) },
  returns: v.object({ id: v.id("boards"), repeated: v.boolean() }),
  handler: async (ctx, args) => {
    const owner = await requireUser(ctx);
    const title = checkTitle(args.title);
    let repeated = true;
    const id = await once(ctx, owner, "boards:create", args, async () => {
      repeated = false;
      await spend(ctx, "boards", owner);
      const source = args.source === undefined ? undefined : await forkable(ctx, args.source);
      const boardId = await ctx.db.insert("boards", {
        title,
        owner,
        visibility: "private",
        source,
        removed: false,
        written: true,
      });
      await ctx.db.insert("members", { boardId, userId: owner, role: "owner" });
      await addCard(ctx, (await ctx.db.get("boards", boardId))!, owner);
      return boardId;
    });
    const board = ctx.db.normalizeId("boards", id ?? "");
    if (board === null)
      refuse("conflict", "This operationId was already used for another request: choose a new one.", {
        field: "operationId",
      });
    return { id: board, repeated };
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
    template: v.optional(v.boolean()),
    copyable: v.optional(v.boolean()),
    historyOpen: v.optional(v.boolean()),
  },
  returns: v.union(v.null(), v.string()),
  handler: async (ctx, args) => {
    const { visibility, presenting, embeddable, template, copyable, historyOpen } = args;
    const settings = [visibility, presenting, embeddable, template, copyable, historyOpen];
    const owners = settings.some((set) => set !== undefined);
    const user = await requireUser(ctx);
    const replaced = await once(ctx, user, "boards:update", args, async () => {
      await spend(ctx, "edits", user);
      const { board } = await requireRole(ctx, args.board, owners ? "owner" : "editor");
      if (visibility !== undefined) await ctx.db.patch("boards", board._id, { visibility });
      if (presenting !== undefined) await ctx.db.patch("boards", board._id, { presenting });
      if (embeddable !== undefined) await ctx.db.patch("boards", board._id, { embeddable });
      if (copyable !== undefined) await ctx.db.patch("boards", board._id, { copyable });
      if (historyOpen !== undefined) await ctx.db.patch("boards", board._id, { historyOpen });
      if (template !== undefined) {
        await ctx.db.patch("boards", board._id, { template });
        await patchCards(ctx, board._id, { template });
      }
      if (args.title === undefined) return undefined;
      const title = checkTitle(args.title);
      await rename(board, title);
      return args.base === undefined || [oneLine(args.base), title].includes(board.title) ? undefined : board.title;
    });
    return replaced ?? null;

    async function rename(board: Doc<"boards">, title: string) {
      await ctx.db.patch("boards", board._id, { title });
      await patchCards(ctx, board._id, { title });
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
      else await moveToTrash(ctx, board._id, now);
      return undefined;
    });
    return null;
  },
});

async function forkable(ctx: QueryCtx, id: string) {
  const { board } = await requireRole(ctx, id, "viewer");
  if (!board.copyable) await requireRole(ctx, id, "editor");
  return board._id;
}

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
