/** How people look back at a board: who did what, and when. For whoever may see its history: see model/access.ts. */
import { getConvexSize, type Infer, type ObjectType, v } from "convex/values";
import { internal } from "./_generated/api";
import type { Id } from "./_generated/dataModel";
import { internalMutation, mutation, type QueryCtx, query } from "./_generated/server";
import { requireHistory } from "./model/access";
import { type author, authorOf } from "./model/author";
import { deeds, doneBy, Kinds } from "./model/deed";
import { gatheredOf, gatheredTs, gather as gatherSome } from "./model/gather";
import { checkId } from "./model/id";
import { start, steps } from "./model/lineage";
import { headOf } from "./model/log";
import { type Op, opOut, publicOp } from "./model/op";
import { bounded, refuse } from "./model/refuse";
import { begun, extended, goesOn, type Sitting } from "./model/sitting";

const PAGE = 20; // sittings
const MAX_SHAPES = 20; // whose history is asked for at once
const MAX_PEOPLE = 50; // named by `people`
const MAX_PLAYED = 1_000; // changes of a page of the log
const MAX_PLAYED_BYTES = 512 * 1024; // of it
const GOING_ON = 5_000; // ms; if a job has gathered more recently, it does so still

const sitting = v.object({
  id: v.string(), // the ts where it began, which nothing else has
  author: v.id("users"),
  person: v.string(),
  name: v.string(),
  from: v.int64(),
  to: v.int64(),
  changes: v.number(),
  deeds,
});

/**
 * A page of sittings, the latest first. `before`: the `to` of the last one that the caller has. `level` is false if the
 * log goes on after `ts`, up to which they were gathered.
 */
export const sittings = query({
  args: { board: v.string(), before: v.optional(v.int64()), by: v.optional(v.string()) },
  returns: v.object({
    sittings: v.array(sitting),
    more: v.boolean(),
    ts: v.int64(),
    head: v.int64(),
    folded: v.int64(), // moments before it are not remembered
  }),
  handler: async (ctx, args) => {
    const { board } = await requireHistory(ctx, args.board);
    const before = args.before ?? 2n ** 63n - 1n;
    const by =
      args.by === undefined
        ? null
        : (ctx.db.normalizeId("users", args.by) ??
          refuse("invalid", "by must be the id of a person.", { field: "by" }));
    const found = await (by === null
      ? ctx.db.query("sittings").withIndex("by_board_and_to", (q) => q.eq("boardId", board._id).lt("to", before))
      : ctx.db
          .query("sittings")
          .withIndex("by_board_and_author_and_to", (q) => q.eq("boardId", board._id).eq("author", by).lt("to", before))
    )
      .order("desc")
      .take(PAGE + 1);
    const page = await named(ctx, found.slice(0, PAGE));
    return {
      sittings: page,
      more: found.length > PAGE,
      ts: await gatheredTs(ctx, board._id),
      head: await headOf(ctx, board._id),
      folded: board.folded ?? 0n,
    };
  },
});

/** The same for what was done to some shapes, without what was taken back. `rest` is what the page before returned. */
const ofShapesArgs = {
  board: v.string(),
  shapes: v.array(v.string()),
  rest: v.optional(v.record(v.string(), v.string())),
};

export const ofShapes = query({
  args: ofShapesArgs,
  returns: v.object({ sittings: v.array(sitting), rest: v.union(v.null(), v.record(v.string(), v.string())) }),
  handler: bounded(async (ctx: QueryCtx, args: ObjectType<typeof ofShapesArgs>) => {
    const { board } = await requireHistory(ctx, args.board);
    const asked = args.rest ? Object.keys(args.rest) : args.shapes;
    if (asked.length < 1 || asked.length > MAX_SHAPES)
      refuse("invalid", `shapes must be 1 to ${MAX_SHAPES} ids.`, { field: "shapes", limit: MAX_SHAPES });
    for (const id of asked) checkId(id, "shapes");
    const page = await steps(ctx, board._id, args.rest ?? (await start(ctx, board._id, asked)));
    const kinds = new Kinds(ctx, board._id);
    const told: Sitting[] = [];
    const last: Map<Id<"users">, Sitting> = new Map();
    for (const { row, shapes } of page.steps.toReversed()) {
      const before = last.get(row.author);
      const goes = before !== undefined && goesOn(before, row);
      if (before && !goes) told.push(before);
      last.set(row.author, extended(goes ? before : begun(row), row, await doneBy(kinds, row, shapes)));
    }
    const sittings = [...told, ...last.values()].sort((a, b) => (a.to < b.to ? 1 : -1));
    return { sittings: await named(ctx, sittings), rest: Object.keys(page.rest).length > 0 ? page.rest : null };
  }),
});

/** Who has drawn on the board, as far as that was gathered. */
export const people = query({
  args: { board: v.string() },
  returns: v.array(v.object({ user: v.id("users"), name: v.string() })),
  handler: async (ctx, args) => {
    const { board } = await requireHistory(ctx, args.board);
    const found: { user: Id<"users">; name: string }[] = [];
    let last: Id<"users"> | null = null;
    while (found.length < MAX_PEOPLE) {
      const after: Id<"users"> | null = last;
      const next = await ctx.db
        .query("sittings")
        .withIndex("by_board_and_author_and_to", (q) =>
          after === null ? q.eq("boardId", board._id) : q.eq("boardId", board._id).gt("author", after),
        )
        .first();
      if (next === null) break;
      last = next.author;
      found.push({ user: last, name: await nameOf(ctx, last) });
    }
    return found;
  },
});

/**
 * Gathers what was drawn up to `upTo`, a ts of the log. False if it goes on with that in the background: it takes
 * seconds for a board that has been drawn on for months and whose history nobody has seen yet.
 */
export const gather = mutation({
  args: { board: v.string(), upTo: v.int64() },
  returns: v.boolean(),
  handler: async (ctx, args) => {
    const { board } = await requireHistory(ctx, args.board);
    const known = await gatheredOf(ctx, board._id);
    if (known?.goesOn && Date.now() - known.at < GOING_ON) return false;
    const level = await gatherSome(ctx, board._id, args.upTo);
    if (!level) await ctx.scheduler.runAfter(0, internal.history.gatherMore, { board: board._id, upTo: args.upTo });
    return level;
  },
});

export const gatherMore = internalMutation({
  args: { board: v.id("boards"), upTo: v.int64() },
  returns: v.null(),
  handler: async (ctx, { board, upTo }) => {
    if ((await ctx.db.get("boards", board))?.removed !== false) return null;
    if (!(await gatherSome(ctx, board, upTo)))
      await ctx.scheduler.runAfter(0, internal.history.gatherMore, { board, upTo });
    return null;
  },
});

/**
 * The log for a page that plays it, oldest first: rows after `after`, at most 1,000 and 512 KiB, with the names of their
 * authors. Up to `folded` they no longer say what was done: see model/folded.ts.
 */
export const log = query({
  args: { board: v.string(), after: v.int64() },
  returns: v.object({
    changes: v.array(v.object({ ts: v.int64(), author: v.id("users"), ops: v.array(opOut) })),
    people: v.array(v.object({ user: v.id("users"), name: v.string() })),
    more: v.boolean(),
    folded: v.int64(),
  }),
  handler: async (ctx, args) => {
    const { board } = await requireHistory(ctx, args.board);
    const changes = [];
    const authors: Set<Id<"users">> = new Set();
    let bytes = 0;
    let more = false;
    for await (const row of ctx.db
      .query("changes")
      .withIndex("by_board_and_ts", (q) => q.eq("boardId", board._id).gt("ts", args.after))) {
      bytes += getConvexSize(row);
      more = changes.length === MAX_PLAYED || (changes.length > 0 && bytes > MAX_PLAYED_BYTES);
      if (more) break;
      const ts = row.ts as bigint;
      authors.add(row.author);
      changes.push({ ts, author: row.author, ops: row.ops.map((op: Op) => publicOp(op, ts)) });
    }
    const people = await Promise.all([...authors].map(async (user) => ({ user, name: await nameOf(ctx, user) })));
    return { changes, people, more, folded: board.folded ?? 0n };
  },
});

async function named(ctx: QueryCtx, found: Sitting[]) {
  const known: Map<Id<"users">, Infer<typeof author>> = new Map();
  for (const { author } of found) if (!known.has(author)) known.set(author, await authorOf(ctx, author));
  return found.map(({ author, from, to, changes, deeds }) => {
    const { person, name } = known.get(author)!;
    return { id: from.toString(), author, person, name, from, to, changes, deeds };
  });
}

async function nameOf(ctx: QueryCtx, user: Id<"users">): Promise<string> {
  return (await ctx.db.get("users", user))?.name ?? "Somebody";
}
