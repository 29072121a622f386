/**
 * Functions for the web process alone, which reads a board once for all its viewers: one subscription for each board
 * and process. It decides with `access` what each viewer may see. The functions read `ctx.auth` only to check the
 * relay, so all processes share one cached result.
 */
import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v } from "convex/values";
import type { Doc } from "./_generated/dataModel";
import { mutation, type QueryCtx, query } from "./_generated/server";
import { liveBoard, relayedBoard, requireRelay, standing } from "./model/access";
import { findShape } from "./model/apply";
import { findInvite, usedUp } from "./model/invite";
import { changes, hasChange, headOf, readAfter } from "./model/log";
import { announcePeople, person, presenceOf, replaceSignals, signalsOf } from "./model/presence";
import { refuse } from "./model/refuse";
import { givenRole } from "./model/role";
import { drawingOf, shapeOut } from "./model/shape";
import { sharing, sharingOf } from "./model/sharing";
import { timerOf, timerOut, timer as timerValue } from "./model/timer";

const MAX_PAGE_BYTES = 4 * 1024 * 1024; // read for one page; a Convex transaction reads at most 16 MiB
const MAX_SHAPES = 200; // ids of one read
const MAX_SIGNS = 512 * 1024; // characters

/** Succeeds if the deployment knows the relay's key. `/readyz` depends on it. */
export const ping = query({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    await requireRelay(ctx);
    return null;
  },
});

/** The ts of the newest change; 0 on an empty board. */
export const head = query({
  args: { board: v.string() },
  returns: v.object({ ts: v.int64() }),
  handler: async (ctx, { board }) => {
    return { ts: await headOf(ctx, await relayedBoard(ctx, board)) };
  },
});

/**
 * Changes committed after `after`. If the log has no row of that ts, `known` is false: the data is from an earlier
 * backup.
 */
export const tail = query({
  args: { board: v.string(), after: v.int64() },
  returns: v.object({ ...changes.fields, known: v.boolean() }),
  handler: async (ctx, { board, after }) => {
    return await readAfter(ctx, await relayedBoard(ctx, board), after);
  },
});

/** Whether the log has a row of this ts. If not, a page at that ts shows a state that the board no longer has. */
export const known = query({
  args: { board: v.string(), ts: v.int64() },
  returns: v.boolean(),
  handler: async (ctx, { board, ts }) => hasChange(ctx, await relayedBoard(ctx, board), ts),
});

/** Live shapes, in any order. */
export const page = query({
  args: { board: v.string(), paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(shapeOut),
  handler: async (ctx, { board, paginationOpts }) => {
    const boardId = await relayedBoard(ctx, board);
    const result = await ctx.db
      .query("shapes")
      .withIndex("by_board_and_removed", (q) => q.eq("boardId", boardId).eq("removed", false))
      .paginate({ ...paginationOpts, maximumBytesRead: MAX_PAGE_BYTES });
    return { ...result, page: result.page.map(publicShape) };
  },
});

/** The live shapes among these. The web process reads those that an undo has restored. */
export const shapes = query({
  args: { board: v.string(), ids: v.array(v.string()) },
  returns: v.array(shapeOut),
  handler: async (ctx, { board, ids }) => {
    const boardId = await relayedBoard(ctx, board);
    const found = await Promise.all(ids.slice(0, MAX_SHAPES).map((id) => findShape(ctx, boardId, id)));
    return found.filter((shape) => shape !== null && !shape.removed).map((shape) => publicShape(shape!));
  },
});

/** Whether a person (`issuer|subject`; undefined: a stranger) may see a board. False also if there is no such board. */
export const admits = query({
  args: { board: v.string(), user: v.optional(v.string()) },
  returns: v.boolean(),
  handler: async (ctx, { board, user }) => {
    await requireRelay(ctx);
    return (await standing(ctx, board, await named(ctx, user))).role !== null;
  },
});

/** The title of a board, to a person as above; null if they may not see it, or there is none. */
export const title = query({
  args: { board: v.string(), user: v.optional(v.string()) },
  returns: v.union(v.null(), v.string()),
  handler: async (ctx, { board, user }) => {
    await requireRelay(ctx);
    const { found, role } = await standing(ctx, board, await named(ctx, user));
    return found === null || role === null ? null : found.title;
  },
});

async function named(ctx: QueryCtx, tokenIdentifier: string | undefined): Promise<Doc<"users"> | null> {
  if (tokenIdentifier === undefined) return null;
  return await ctx.db
    .query("users")
    .withIndex("by_token_identifier", (q) => q.eq("tokenIdentifier", tokenIdentifier))
    .unique();
}

/** Who may do what on a board; null if there is no such board. */
export const access = query({
  args: { board: v.string() },
  returns: v.union(v.null(), sharing),
  handler: async (ctx, args) => {
    await requireRelay(ctx);
    const board = await liveBoard(ctx, args.board);
    return board && (await sharingOf(ctx, board));
  },
});

/** The board's timer; null if it has none, or if there is no such board. */
export const timer = query({
  args: { board: v.string() },
  returns: v.union(v.null(), timerValue),
  handler: async (ctx, args) => {
    await requireRelay(ctx);
    const board = await liveBoard(ctx, args.board);
    const row = board && (await timerOf(ctx, board._id));
    return row && timerOut(row);
  },
});

/**
 * The content of an invitation's page, for people who may not read the board yet; null if the invitation is invalid.
 */
export const invite = query({
  args: { hash: v.string() },
  returns: v.union(v.null(), v.object({ title: v.string(), from: v.string(), role: givenRole, expiresAt: v.number() })),
  handler: async (ctx, { hash }) => {
    await requireRelay(ctx);
    const row = await findInvite(ctx, hash);
    const board = row && (await liveBoard(ctx, row.boardId));
    if (!row || !board || usedUp(row)) return null;
    const from = await ctx.db.get("users", row.createdBy);
    return { title: board.title, from: from?.name ?? "Somebody", role: row.role, expiresAt: row.expiresAt };
  },
});

/**
 * Sets who has the board open in one web process, and on how many pages (`watching`). Safe to repeat: it sends the
 * state, not events.
 */
export const announce = mutation({
  args: { board: v.string(), process: v.string(), people: v.array(person), watching: v.optional(v.number()) },
  returns: v.null(),
  handler: async (ctx, { board, process, people, watching }) => {
    const boardId = await relayedBoard(ctx, board);
    await announcePeople(ctx, boardId, process, people, watching);
    return null;
  },
});

export const presence = query({
  args: { board: v.string() },
  returns: v.array(v.object({ process: v.string(), people: v.array(person), watching: v.number(), beat: v.number() })),
  handler: async (ctx, { board }) => {
    return await presenceOf(ctx, await relayedBoard(ctx, board));
  },
});

/** Sets what people do at this moment in one web process; "" deletes the row. @throws ConvexError `invalid` */
export const signal = mutation({
  args: { board: v.string(), process: v.string(), signs: v.string() },
  returns: v.null(),
  handler: async (ctx, { board, process, signs }) => {
    const boardId = await relayedBoard(ctx, board);
    if (signs.length > MAX_SIGNS)
      refuse("invalid", `signs must be at most ${MAX_SIGNS} characters.`, { field: "signs", limit: MAX_SIGNS });
    await replaceSignals(ctx, boardId, process, signs);
    return null;
  },
});

export const signals = query({
  args: { board: v.string() },
  returns: v.array(v.object({ process: v.string(), signs: v.string() })),
  handler: async (ctx, { board }) => {
    return await signalsOf(ctx, await relayedBoard(ctx, board));
  },
});

function publicShape(shape: Doc<"shapes">) {
  return { ...drawingOf(shape), id: shape.shapeId, author: shape.author, ts: shape.ts as bigint };
}
