/**
 * Turns ranks in words into numbers. `z` is a number; a client that knows only the order of shapes may ask for "front",
 * "back", or a rank above or below another shape. Shapes with the same rank in one change keep their listed order,
 * bottom first.
 */
import { getConvexSize } from "convex/values";
import type { Id } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";
import { findShape, now, STEP } from "./apply";
import { MAX_Z } from "./check";
import { refuse } from "./refuse";
import type { Rank } from "./shape";

const MAX_LOOKS = 400; // shapes looked at for one rank
const MAX_ALL_LOOKS = 2_000; // for all ranks of a change
const MAX_ALL_BYTES = 6 * 1024 * 1024; // of these shapes, of the 16 MiB that a function may read

type Budget = { looks: number; bytes: number };

/**
 * The number of each shape that asks for a rank in words. There is none beside a shape that never existed.
 * @throws ConvexError `invalid` when too many shapes lie too close together there
 */
export async function resolve(
  ctx: QueryCtx,
  boardId: Id<"boards">,
  asks: { id: string; z?: Rank }[],
): Promise<Map<string, number>> {
  const alike = new Map<string, string[]>();
  for (const { id, z } of asks) {
    if (z === undefined || typeof z === "number") continue;
    const word = JSON.stringify(z);
    alike.set(word, [...(alike.get(word) ?? []), id]);
  }
  const budget = { looks: MAX_ALL_LOOKS, bytes: MAX_ALL_BYTES };
  const found = new Map<string, number>();
  for (const [word, ids] of alike) {
    const zs = await zsAt(ctx, boardId, JSON.parse(word), ids, budget);
    zs.forEach((z, i) => found.set(ids[i], z));
  }
  return found;
}

async function zsAt(
  ctx: QueryCtx,
  boardId: Id<"boards">,
  rank: Exclude<Rank, number>,
  ids: string[],
  budget: Budget,
): Promise<number[]> {
  const others = (up: boolean, beyond: number) => zsBeyond(ctx, boardId, up, beyond, ids, budget);
  if (rank === "front" || rank === "back") {
    const up = rank === "back"; // the first one from below
    const { value = now() } = await others(up, up ? -Infinity : Infinity).next();
    return up ? under(value, ids.length) : over(Math.max(value, now()), ids.length);
  }
  const up = "above" in rank;
  const anchor = await findShape(ctx, boardId, up ? rank.above : rank.below);
  if (anchor === null) return [];
  let from = anchor.z;
  for await (const z of others(up, from)) {
    const zs = between(Math.min(from, z), Math.max(from, z), ids.length);
    if (zs !== null) return zs;
    from = z;
  }
  return up ? over(from, ids.length) : under(from, ids.length);
}

/** The z of shapes from `beyond` upwards or downwards, without `moving`. Removed shapes keep their z, so they count. */
async function* zsBeyond(
  ctx: QueryCtx,
  boardId: Id<"boards">,
  up: boolean,
  beyond: number,
  moving: string[],
  budget: Budget,
): AsyncGenerator<number, undefined> {
  const rows = ctx.db
    .query("shapes")
    .withIndex("by_board_and_z", (q) =>
      up ? q.eq("boardId", boardId).gt("z", beyond) : q.eq("boardId", boardId).lt("z", beyond),
    )
    .order(up ? "asc" : "desc");
  let looks = 0;
  for await (const row of rows) {
    pay(budget, getConvexSize(row));
    if (!moving.includes(row.shapeId)) yield row.z;
    if (++looks === MAX_LOOKS) return;
  }
}

function pay(budget: Budget, bytes: number): void {
  budget.bytes -= bytes;
  if (--budget.looks >= 0 && budget.bytes >= 0) return;
  refuse(
    "invalid",
    "Too many shapes lie close together there: set z to front, back or a number, or move fewer shapes at once.",
    {
      field: "z",
      limit: MAX_ALL_LOOKS,
    },
  );
}

/**
 * `count` numbers, evenly spaced between two others; null if floats are too coarse there. Then the next gap is used.
 */
function between(low: number, high: number, count: number): number[] | null {
  const zs = Array.from({ length: count }, (_, i) => low + ((high - low) * (i + 1)) / (count + 1));
  return [low, ...zs, high].every((z, i, all) => i === 0 || z > all[i - 1]) ? zs : null;
}

/**
 * Just above z, so that the next new shape, whose z is the time, goes above these too. At the limit of z they share
 * one.
 */
function over(z: number, count: number): number[] {
  const step = Math.max(STEP, Math.abs(z) * 1e-14);
  return Array.from({ length: count }, (_, i) => Math.min(MAX_Z, z + (i + 1) * step));
}

function under(z: number, count: number): number[] {
  const step = Math.max(1, Math.abs(z) * 1e-14);
  return Array.from({ length: count }, (_, i) => Math.max(-MAX_Z, z - (count - i) * step));
}
