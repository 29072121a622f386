/** What somebody has missed on a board: the newest rows of its log, as one thing for each shape. */
import { getConvexSize, v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";
import { author } from "./author";
import { type Op, opId } from "./op";

const MAX_ROWS = 1_000; // read from the newest back
const MAX_READ = 4 * 1024 * 1024; // bytes of them
const MAX_SHAPES = 500; // named
const MAX_PEOPLE = 50; // counted

export const missed = v.object({
  since: v.int64(),
  shapes: v.array(v.object({ id: v.string(), by: v.id("users") })), // on the board, the last changed first
  removed: v.number(),
  count: v.number(), // of people
  people: v.array(author),
  more: v.boolean(), // there is more than was read, or is named
});

type Fate = { by: Id<"users"> | null; gone: boolean; born: boolean };

/** What others than `me` have done after `since`, and who they are: with what is not there any more, if `all` is true. */
export async function missedSince(
  ctx: QueryCtx,
  boardId: Id<"boards">,
  { since, me, all }: { since: bigint; me: Id<"users">; all: boolean },
) {
  const fates = new Map<string, Fate>();
  const { rows, more } = await newest(ctx, boardId, since);
  for (const { ops, author } of rows) for (const op of ops) tell(fates, op, author === me ? null : author);
  const others = [...fates].filter(([, { by }]) => by !== null) as [string, Fate & { by: Id<"users"> }][];
  const here = others.filter(([, { gone }]) => !gone);
  const removed = all ? others.filter(([, { gone, born }]) => gone && !born) : [];
  const authors = [...new Set([...here, ...removed].map(([, { by }]) => by))];
  return {
    shapes: here.slice(0, MAX_SHAPES).map(([id, { by }]) => ({ id, by })),
    removed: removed.length,
    authors: authors.slice(0, MAX_PEOPLE),
    more: more || here.length > MAX_SHAPES,
  };
}

/** From the newest op back: the first one says whether the shape is there, and the first of somebody else who did it. */
function tell(fates: Map<string, Fate>, op: Op, by: Id<"users"> | null): void {
  const known = fates.get(opId(op));
  const born = op.type === "put" && op.before === undefined;
  // What one has removed oneself is no news.
  if (known === undefined) fates.set(opId(op), { by, gone: op.type === "remove", born });
  else {
    known.born ||= born;
    if (!known.gone) known.by ??= by;
  }
}

async function newest(ctx: QueryCtx, boardId: Id<"boards">, since: bigint) {
  const rows: Pick<Doc<"changes">, "ops" | "author">[] = [];
  let bytes = 0;
  const log = ctx.db.query("changes").withIndex("by_board_and_ts", (q) => q.eq("boardId", boardId).gt("ts", since));
  for await (const row of log.order("desc")) {
    bytes += getConvexSize(row);
    if (rows.length === MAX_ROWS || bytes > MAX_READ) return { rows, more: true };
    rows.push({ ops: row.ops, author: row.author });
  }
  return { rows, more: false };
}
