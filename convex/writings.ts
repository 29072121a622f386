/** The search in everything that is written on the boards of a person. model/apply.ts keeps it level with each change. */
import { v } from "convex/values";
import { internal } from "./_generated/api";
import type { Doc, Id } from "./_generated/dataModel";
import { internalMutation, type QueryCtx, query } from "./_generated/server";
import { findUser, standing } from "./model/access";
import { findShape } from "./model/apply";
import { plain } from "./model/card";
import { refuse } from "./model/refuse";
import { role } from "./model/role";
import { creatorsFor, said, writeDown } from "./model/writing";

const MAX_WORDS = 200; // characters
const MAX_CREATORS = 50; // people on whose boards one search looks
const MAX_FOUND = 200; // texts of each of them
const MAX_LOOKED_AT = 500; // boards, of which the caller may not see all
const MAX_BOARDS = 20; // of an answer
const MAX_MATCHES = 3; // of a board
const CONTEXT = 200; // characters of a text around the first word found
const BATCH = 500; // shapes of earlier versions that one call writes down

/**
 * The caller's boards on which these words are written, best first, each with its best texts. `more` says that further
 * boards have them.
 */
export const search = query({
  args: { words: v.string() },
  returns: v.object({
    boards: v.array(
      v.object({
        id: v.id("boards"),
        title: v.string(),
        role,
        matches: v.array(v.object({ shape: v.string(), kind: v.string(), text: v.string() })),
      }),
    ),
    more: v.boolean(),
  }),
  handler: async (ctx, args) => {
    const words = plain(args.words);
    if (words.trim() === "" || args.words.length > MAX_WORDS)
      refuse("invalid", `words must have 1 to ${MAX_WORDS} characters.`, { field: "words", limit: MAX_WORDS });
    const user = await findUser(ctx);
    if (user === null) return { boards: [], more: false };
    const found: Map<Id<"boards">, Doc<"writings">[]> = new Map();
    for (const writing of await written(ctx, user._id, words))
      found.set(writing.boardId, [...(found.get(writing.boardId) ?? []), writing]);
    const boards = [];
    for (const [id, writings] of [...found].slice(0, MAX_LOOKED_AT)) {
      const { found: board, role } = await standing(ctx, id, user);
      if (board === null || role === null) continue; // of somebody on whose other boards the caller is
      if (boards.length === MAX_BOARDS) return { boards, more: true };
      const matches = await Promise.all(writings.slice(0, MAX_MATCHES).map((writing) => match(ctx, writing, words)));
      boards.push({ id, title: board.title, role, matches: matches.flatMap((one) => one ?? []) });
    }
    return { boards, more: false };
  },
});

/** Texts with these words, best first, also of boards that the person may not see. */
async function written(ctx: QueryCtx, user: Id<"users">, words: string): Promise<Doc<"writings">[]> {
  const creators = await creatorsFor(ctx, user, MAX_CREATORS);
  const found = await Promise.all(
    creators.map((creator) =>
      ctx.db
        .query("writings")
        .withSearchIndex("search_words", (q) => q.search("words", words).eq("creator", creator))
        .take(MAX_FOUND),
    ),
  );
  const terms = termsOf(words);
  const has = (writing: Doc<"writings">) => terms.filter((term) => writing.words.includes(term)).length;
  // Each creator's texts are in order of how well they fit; those that have more of the words go first.
  return found.flat().sort((a, b) => has(b) - has(a));
}

async function match(ctx: QueryCtx, { boardId, shapeId }: Doc<"writings">, words: string) {
  const shape = await findShape(ctx, boardId, shapeId);
  return shape && { shape: shapeId, kind: shape.kind, text: excerpt(said(shape), termsOf(words)) };
}

function termsOf(words: string): string[] {
  return words.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

/** In one line, from a little before the first of these words. */
function excerpt(text: string, terms: string[]): string {
  const line = text.normalize("NFC").replace(/\s+/g, " ").trim();
  const places = terms.map((term) => plain(line).indexOf(term)).filter((place) => place >= 0);
  const letters = [...line.slice(0, Math.min(...places, line.length))];
  const start = Math.max(0, letters.length - CONTEXT / 4);
  const shown = [...line].slice(start, start + CONTEXT).join("");
  return `${start > 0 ? "…" : ""}${shown}${start + CONTEXT < [...line].length ? "…" : ""}`;
}

/** Writes down what the boards of earlier versions say, one after another. */
export const gather = internalMutation({
  args: { board: v.optional(v.id("boards")), cursor: v.optional(v.string()) },
  returns: v.null(),
  handler: async (ctx, args) => {
    const board = args.board
      ? await ctx.db.get("boards", args.board)
      : await ctx.db
          .query("boards")
          .withIndex("by_written", (q) => q.eq("written", undefined))
          .first();
    if (board === null) return null;
    const { page, isDone, continueCursor } = await ctx.db
      .query("shapes")
      .withIndex("by_board_and_removed", (q) => q.eq("boardId", board._id).eq("removed", false))
      .paginate({ numItems: BATCH, cursor: args.cursor ?? null });
    for (const shape of page) if (said(shape) !== "") await writeDown(ctx, shape, said(shape));
    if (isDone) await ctx.db.patch("boards", board._id, { written: true });
    await ctx.scheduler.runAfter(
      0,
      internal.writings.gather,
      isDone ? {} : { board: board._id, cursor: continueCursor },
    );
    return null;
  },
});
