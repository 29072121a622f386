/** Incoming hooks: the owner of a board gives other programs an address to which they send notes. */
import { v } from "convex/values";
import { internal } from "./_generated/api";
import type { Doc, Id } from "./_generated/dataModel";
import { httpAction, internalMutation, mutation, query } from "./_generated/server";
import { requireRole, requireUser } from "./model/access";
import { answerTo, json } from "./model/answer";
import * as apply from "./model/apply";
import { digest, sha256 } from "./model/digest";
import { noteSoon } from "./model/edit";
import { addHook, findHook, hook, hooksOf, openHook, publicHook, renameHook } from "./model/hook";
import { checkId } from "./model/id";
import { append, findChange } from "./model/log";
import { noteFor, noteIn } from "./model/note";
import { once } from "./model/operation";
import { placeInColumn, placeInFrame } from "./model/place";
import { spend } from "./model/rate";
import { refuse } from "./model/refuse";
import { survey, unplot } from "./model/survey";

const MAX_STEPS = 20; // of a survey in one call; the rest goes on in the background

/**
 * `hash` is the SHA-256 of the secret in the address, in hex. `repeated`: an earlier call made it, with that call's
 * secret.
 */
export const create = mutation({
  args: { operationId: v.string(), board: v.string(), name: v.string(), hash: v.string() },
  returns: hook.extend({ repeated: v.boolean() }),
  handler: async (ctx, { hash, ...asked }) => {
    const user = await requireUser(ctx);
    let repeated = true;
    const made = await once(ctx, user, "hooks:create", asked, async () => {
      repeated = false;
      await spend(ctx, "edits", user);
      const { board } = await requireRole(ctx, asked.board, "owner");
      await ctx.scheduler.runAfter(0, internal.hooks.look, { board: board._id });
      return await addHook(ctx, board._id, asked.name, hash);
    });
    const id = ctx.db.normalizeId("boardHooks", made ?? "");
    const row = id && (await ctx.db.get("boardHooks", id));
    if (!row?.hash)
      refuse("conflict", "This operationId was already used, and its hook is gone: choose a new one.", {
        field: "operationId",
      });
    return { ...publicHook(row), repeated };
  },
});

export const list = query({
  args: { board: v.string() },
  returns: v.array(hook),
  handler: async (ctx, args) => {
    const { board } = await requireRole(ctx, args.board, "owner");
    return (await hooksOf(ctx, board._id)).map(publicHook);
  },
});

export const rename = mutation({
  args: { operationId: v.string(), board: v.string(), hook: v.string(), name: v.string() },
  returns: v.null(),
  handler: async (ctx, args) => {
    const user = await requireUser(ctx);
    await once(ctx, user, "hooks:rename", args, async () => {
      await spend(ctx, "edits", user);
      const { board } = await requireRole(ctx, args.board, "owner");
      await renameHook(ctx, await findHook(ctx, board._id, args.hook), args.name);
      return undefined;
    });
    return null;
  },
});

/** Ends the hook. Its notes stay on the board. */
export const revoke = mutation({
  args: { operationId: v.string(), board: v.string(), hook: v.string() },
  returns: v.null(),
  handler: async (ctx, args) => {
    const user = await requireUser(ctx);
    await once(ctx, user, "hooks:revoke", args, async () => {
      await spend(ctx, "edits", user);
      const { board } = await requireRole(ctx, args.board, "owner");
      const found = await findHook(ctx, board._id, args.hook);
      await ctx.db.patch("boardHooks", found._id, { hash: undefined });
      await ctx.scheduler.runAfter(0, internal.hooks.look, { board: board._id });
      return undefined;
    });
    return null;
  },
});

/**
 * Takes a note for the board. 201 says which shape it is, and where; a repetition under the same Idempotency-Key gets
 * the same with 200.
 */
export const receive = httpAction(async (ctx, request) => {
  const secret = new URL(request.url).pathname.split("/")[2];
  try {
    const args = {
      hash: await sha256(secret),
      key: request.headers.get("idempotency-key") ?? crypto.randomUUID(),
      note: await noteIn(request),
    };
    for (let i = 0; i < MAX_STEPS; i++) {
      const put = await ctx.runMutation(internal.hooks.put, args);
      if (put !== null) return json(put.repeated ? 200 : 201, put.note);
    }
  } catch (error) {
    return answerTo(error);
  }
  const message = "So much lies on the board that finding a free place takes a while: send the note again.";
  return json(503, { error: { code: "unavailable", message } }, { "Retry-After": "5" });
});

const placed = v.object({
  shape: v.string(),
  board: v.id("boards"),
  ...{ x: v.number(), y: v.number(), w: v.number(), h: v.number() },
  frame: v.union(v.string(), v.null()),
});

/** Puts a note on the board, once for each `key`. Null: it is not known yet where shapes lie, so call again. */
export const put = internalMutation({
  args: {
    hash: v.string(),
    key: v.string(),
    note: v.object({ text: v.string(), color: v.optional(v.string()), frame: v.optional(v.string()) }),
  },
  returns: v.union(v.null(), v.object({ note: placed, repeated: v.boolean() })),
  handler: async (ctx, { hash, key, note: asked }) => {
    const { hook, board } = await openHook(ctx, hash);
    checkId(key, "Idempotency-Key");
    const changeId = await sha256(`${hook._id} ${key}`);
    const sum = await digest(asked);
    const first = await findChange(ctx, board._id, changeId);
    if (first !== null) {
      const [op] = first.ops; // none, if what happened then is no longer remembered
      if (first.digest !== sum || op?.type !== "put")
        refuse("conflict", "This Idempotency-Key was already used for another note: choose a new one.", {
          field: "Idempotency-Key",
        });
      return { note: said(board._id, op.shape as unknown as Note, asked.frame), repeated: true };
    }
    const note = noteFor(asked);
    if (!(await survey(ctx, board._id))) return null;
    await spend(ctx, "notes", hook.user);
    const { frame } = asked;
    const place =
      frame === undefined ? await placeInColumn(ctx, hook, note.h) : await placeInFrame(ctx, board._id, frame, note.h);
    const edit = { boardId: board._id, author: hook.user, role: "editor", changeId } as const;
    const effect = await apply.put(ctx, edit, { ...note, ...place, id: changeId }, 0);
    const row = { boardId: board._id, author: hook.user, changeId, digest: sum, ops: apply.opsOf([effect]) };
    await append(ctx, row, effect.live);
    await ctx.db.patch("boardHooks", hook._id, { uses: hook.uses + 1, usedAt: Date.now() });
    await noteSoon(ctx, board);
    return { note: said(board._id, { ...note, ...place, id: changeId }, frame), repeated: false };
  },
});

type Note = { id: string; x: number; y: number; w: number; h: number };

function said(board: Id<"boards">, { id, x, y, w, h }: Note, frame: string | undefined) {
  return { shape: id, board, x, y, w, h, frame: frame ?? null };
}

/** Fills the boxes of a board with hooks, in steps. Deletes those of a board without hooks. */
export const look = internalMutation({
  args: { board: v.id("boards") },
  returns: v.null(),
  handler: async (ctx, args) => {
    const board: Doc<"boards"> | null = await ctx.db.get("boards", args.board);
    if (board === null || board.removed) return null;
    const step = (await hooksOf(ctx, board._id)).length > 0 ? survey : unplot;
    if (!(await step(ctx, board._id))) await ctx.scheduler.runAfter(0, internal.hooks.look, args);
    return null;
  },
});
