/**
 * What the web process reads for everybody on a board, as itself: one subscription a board and process, whatever the
 * number of viewers. It alone may call these; it decides per viewer by `access`. None reads `ctx.auth` beyond that, so
 * that processes share one cached result.
 */
import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v } from "convex/values";
import type { Doc, Id } from "./_generated/dataModel";
import { type MutationCtx, mutation, query } from "./_generated/server";
import { relayedBoard, requireRelay, standing } from "./model/access";
import { findShape } from "./model/apply";
import { asksOf } from "./model/ask";
import { findInvite, invitesOf, usedUp } from "./model/invite";
import { changes, hasChange, readAfter } from "./model/log";
import { membersOf } from "./model/member";
import { person } from "./model/presence";
import { refuse } from "./model/refuse";
import { givenRole, role, visibility } from "./model/role";
import { drawingOf, shapeOut } from "./model/shape";
import { visitorsOf } from "./model/visitor";

const MAX_PAGE_BYTES = 4 * 1024 * 1024; // read for one page; a Convex transaction reads at most 16 MiB
const MAX_SHAPES = 200; // ids of one read
const MAX_PROCESSES = 64; // a board
const MAX_PEOPLE = 500; // a board and process
const MAX_SIGNS = 512 * 1024; // characters
const FORGET = 60 * 1000; // ms after which a dead process's rows are deleted; a live one's are renewed each 10 s

/** Answers if the deployment knows the relay's key: what `/readyz` stands on. */
export const ping = query({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    await requireRelay(ctx);
    return null;
  },
});

/** The newest change's ts, 0 on an empty board. */
export const head = query({
  args: { board: v.string() },
  returns: v.object({ ts: v.int64() }),
  handler: async (ctx, { board }) => {
    const boardId = await relayedBoard(ctx, board);
    const latest = await ctx.db
      .query("changes")
      .withIndex("by_board_and_ts", (q) => q.eq("boardId", boardId))
      .order("desc")
      .first();
    return { ts: (latest?.ts ?? 0n) as bigint };
  },
});

/** What was committed after `after`. Not `known`: the log has no row of that ts, since the data was put back to an earlier state. */
export const tail = query({
  args: { board: v.string(), after: v.int64() },
  returns: v.object({ ...changes.fields, known: v.boolean() }),
  handler: async (ctx, { board, after }) => {
    const boardId = await relayedBoard(ctx, board);
    return { ...(await readAfter(ctx, boardId, after)), known: await hasChange(ctx, boardId, after) };
  },
});

/** Whether the log has a row of this ts. A page that shows one which it lacks shows what was never, or is no longer, so. */
export const known = query({
  args: { board: v.string(), ts: v.int64() },
  returns: v.boolean(),
  handler: async (ctx, { board, ts }) => hasChange(ctx, await relayedBoard(ctx, board), ts),
});

/** Live shapes, in no order that matters. */
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

/** Of these shapes, those that are live: what a restore brings back. */
export const shapes = query({
  args: { board: v.string(), ids: v.array(v.string()) },
  returns: v.array(shapeOut),
  handler: async (ctx, { board, ids }) => {
    const boardId = await relayedBoard(ctx, board);
    const found = await Promise.all(ids.slice(0, MAX_SHAPES).map((id) => findShape(ctx, boardId, id)));
    return found.filter((shape) => shape !== null && !shape.removed).map((shape) => publicShape(shape!));
  },
});

/** Whether somebody (`issuer|subject`; nobody: a stranger) may see a board; false alike for one that there is not. */
export const admits = query({
  args: { board: v.string(), user: v.optional(v.string()) },
  returns: v.boolean(),
  handler: async (ctx, { board, user: tokenIdentifier }) => {
    await requireRelay(ctx);
    const user =
      tokenIdentifier === undefined
        ? null
        : await ctx.db
            .query("users")
            .withIndex("by_token_identifier", (q) => q.eq("tokenIdentifier", tokenIdentifier))
            .unique();
    return (await standing(ctx, board, user)).role !== null;
  },
});

/** Who may do what on a board; null when there is no such board, or no longer. */
export const access = query({
  args: { board: v.string() },
  returns: v.union(
    v.null(),
    v.object({
      title: v.string(),
      visibility,
      presenting: v.boolean(),
      members: v.array(v.object({ user: v.string(), role, name: v.string() })),
      removed: v.array(v.string()),
      asking: v.array(v.object({ user: v.string(), name: v.string() })), // for the owner alone
      invites: v.array(v.id("invites")), // so that it is news when one comes or goes
    }),
  ),
  handler: async (ctx, args) => {
    await requireRelay(ctx);
    const id = ctx.db.normalizeId("boards", args.board);
    const board = id && (await ctx.db.get("boards", id));
    if (!board || board.removed) return null;
    const people = (await membersOf(ctx, board._id)).map(async ({ userId, role }) => {
      const user = await ctx.db.get("users", userId);
      return user && { user: user.tokenIdentifier, role, name: user.name };
    });
    const { title, visibility, presenting = false } = board;
    const members = (await Promise.all(people)).filter((member) => member !== null);
    const marks = (await visitorsOf(ctx, board._id, true)).map(({ userId }) => ctx.db.get("users", userId));
    const removed = (await Promise.all(marks)).flatMap((user) => user?.tokenIdentifier ?? []);
    const askers = (await asksOf(ctx, board._id)).map(({ userId }) => ctx.db.get("users", userId));
    const asking = (await Promise.all(askers)).flatMap((user) =>
      user ? [{ user: user.tokenIdentifier, name: user.name }] : [],
    );
    const invites = (await invitesOf(ctx, board._id)).map(({ _id }) => _id);
    return { title, visibility, presenting, members, removed, asking, invites };
  },
});

/** What an invitation's page shows, to people who may not read the board yet; null when it counts no longer. */
export const invite = query({
  args: { hash: v.string() },
  returns: v.union(v.null(), v.object({ title: v.string(), from: v.string(), role: givenRole, expiresAt: v.number() })),
  handler: async (ctx, { hash }) => {
    await requireRelay(ctx);
    const row = await findInvite(ctx, hash);
    const board = row && (await ctx.db.get("boards", row.boardId));
    if (!row || !board || board.removed || usedUp(row)) return null;
    const from = await ctx.db.get("users", row.createdBy);
    return { title: board.title, from: from?.name ?? "Somebody", role: row.role, expiresAt: row.expiresAt };
  },
});

/**
 * Says who has the board open in one web process, and on how many pages (`watching`). Repeating it is harmless: it says how
 * things are, not what happened.
 */
export const announce = mutation({
  args: { board: v.string(), process: v.string(), people: v.array(person), watching: v.optional(v.number()) },
  returns: v.null(),
  handler: async (ctx, { board, process, people, watching }) => {
    const boardId = await relayedBoard(ctx, board);
    const rows = await ctx.db
      .query("presence")
      .withIndex("by_board_and_process", (q) => q.eq("boardId", boardId))
      .take(MAX_PROCESSES);
    const at = Date.now();
    const row = { boardId, process, people: people.slice(0, MAX_PEOPLE), watching, at };
    const mine = rows.find((other) => other.process === process);
    if (mine) await ctx.db.replace("presence", mine._id, { ...row, beat: mine.beat + 1 });
    else await ctx.db.insert("presence", { ...row, beat: 0 });
    for (const other of rows) {
      if (other.at >= at - FORGET || other === mine) continue;
      await ctx.db.delete("presence", other._id);
      await replaceSignals(ctx, boardId, other.process, "");
    }
    return null;
  },
});

export const presence = query({
  args: { board: v.string() },
  returns: v.array(v.object({ process: v.string(), people: v.array(person), watching: v.number(), beat: v.number() })),
  handler: async (ctx, { board }) => {
    const boardId = await relayedBoard(ctx, board);
    const rows = await ctx.db
      .query("presence")
      .withIndex("by_board_and_process", (q) => q.eq("boardId", boardId))
      .take(MAX_PROCESSES);
    return rows.map(({ process, people, watching = people.length, beat }) => ({ process, people, watching, beat }));
  },
});

/** What people do at this moment in one web process; "" is nothing, and takes the row away. @throws ConvexError `invalid` */
export const signal = mutation({
  args: { board: v.string(), process: v.string(), signs: v.string() },
  returns: v.null(),
  handler: async (ctx, { board, process, signs }) => {
    const boardId = await relayedBoard(ctx, board);
    if (signs.length > MAX_SIGNS) refuse("invalid", "signs are too long", { field: "signs", limit: MAX_SIGNS });
    await replaceSignals(ctx, boardId, process, signs);
    return null;
  },
});

export const signals = query({
  args: { board: v.string() },
  returns: v.array(v.object({ process: v.string(), signs: v.string() })),
  handler: async (ctx, { board }) => {
    const boardId = await relayedBoard(ctx, board);
    const rows = await ctx.db
      .query("signals")
      .withIndex("by_board_and_process", (q) => q.eq("boardId", boardId))
      .take(MAX_PROCESSES);
    return rows.map(({ process, signs }) => ({ process, signs }));
  },
});

async function replaceSignals(ctx: MutationCtx, boardId: Id<"boards">, process: string, signs: string): Promise<void> {
  const row = await ctx.db
    .query("signals")
    .withIndex("by_board_and_process", (q) => q.eq("boardId", boardId).eq("process", process))
    .unique();
  if (signs === "") {
    if (row) await ctx.db.delete("signals", row._id);
  } else if (row) await ctx.db.replace("signals", row._id, { boardId, process, signs });
  else await ctx.db.insert("signals", { boardId, process, signs });
}

function publicShape(shape: Doc<"shapes">) {
  return { ...drawingOf(shape), id: shape.shapeId, author: shape.author, ts: shape.ts as bigint };
}
