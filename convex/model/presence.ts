/** Who has a board open in each web process, and what they do there at this moment. */
import { type Infer, v } from "convex/values";
import type { Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";

const MAX_PROCESSES = 64; // a board
const MAX_PEOPLE = 500; // a board and process
const LEASE = 25 * 1000; // ms after which the row of a process says no more who is there
const FORGET = 60 * 1000; // ms until the rows of a dead process are deleted; a live one renews its rows every 10 s

/** One person on a board, as others see them. `id` is a hash, which does not reveal the account. */
export const person = v.object({ id: v.string(), name: v.string(), color: v.number() });
type Person = Infer<typeof person>;

/** Writes a process's row, and deletes the rows of dead processes. */
export async function announcePeople(
  ctx: MutationCtx,
  boardId: Id<"boards">,
  process: string,
  people: Person[],
  watching?: number,
): Promise<void> {
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
}

export async function presenceOf(ctx: QueryCtx, boardId: Id<"boards">) {
  const rows = await ctx.db
    .query("presence")
    .withIndex("by_board_and_process", (q) => q.eq("boardId", boardId))
    .take(MAX_PROCESSES);
  return rows.map(({ process, people, watching = people.length, beat }) => ({ process, people, watching, beat }));
}

/** The people who have a board open, at most `most`, and how many there are. */
export async function peopleOn(ctx: QueryCtx, boardId: Id<"boards">, now: number, most: number) {
  const rows = await ctx.db
    .query("presence")
    .withIndex("by_board_and_process", (q) => q.eq("boardId", boardId))
    .take(MAX_PROCESSES);
  const alive = rows.filter(({ at }) => at > now - LEASE).flatMap(({ people }) => people);
  const people = new Map(alive.map((one) => [one.id, one]));
  return { people: [...people.values()].slice(0, most), here: people.size };
}

export async function signalsOf(ctx: QueryCtx, boardId: Id<"boards">) {
  const rows = await ctx.db
    .query("signals")
    .withIndex("by_board_and_process", (q) => q.eq("boardId", boardId))
    .take(MAX_PROCESSES);
  return rows.map(({ process, signs }) => ({ process, signs }));
}

export async function replaceSignals(
  ctx: MutationCtx,
  boardId: Id<"boards">,
  process: string,
  signs: string,
): Promise<void> {
  const row = await ctx.db
    .query("signals")
    .withIndex("by_board_and_process", (q) => q.eq("boardId", boardId).eq("process", process))
    .unique();
  if (signs === "") {
    if (row) await ctx.db.delete("signals", row._id);
  } else if (row) await ctx.db.replace("signals", row._id, { boardId, process, signs });
  else await ctx.db.insert("signals", { boardId, process, signs });
}
