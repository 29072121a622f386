/** Which shapes a restore would bring back, remove or change: a page of the log. */
import { getConvexSize } from "convex/values";
import type { Id } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";
import { type Op, opId } from "./op";

const MAX_ROWS = 1_000; // of one page
const MAX_READ = 4 * 1024 * 1024; // bytes of one page; a Convex transaction reads at most 16 MiB
const MAX_SHAPES = 4_000; // of one page; a row has up to 400 more

type Touched = { id: string; was: boolean; is: boolean };

export async function touchedSince(
  ctx: QueryCtx,
  boardId: Id<"boards">,
  to: bigint,
): Promise<{ touched: Touched[]; next: bigint | null }> {
  const found: Map<string, Touched> = new Map();
  let [rows, bytes, next] = [0, 0, to];
  for await (const row of ctx.db
    .query("changes")
    .withIndex("by_board_and_ts", (q) => q.eq("boardId", boardId).gt("ts", to))) {
    if (rows === MAX_ROWS || bytes > MAX_READ || found.size > MAX_SHAPES) return { touched: [...found.values()], next };
    rows++;
    bytes += getConvexSize(row);
    next = row.ts as bigint;
    for (const op of row.ops as Op[]) {
      const id = opId(op);
      found.set(id, { id, was: found.get(id)?.was ?? wasThere(op), is: op.type !== "remove" });
    }
  }
  return { touched: [...found.values()], next: null };
}

function wasThere(op: Op): boolean {
  return op.type !== "restore" && (op.type !== "put" || op.before !== undefined);
}
