/** Where shapes lie: the boxes of the live shapes of a board, found by area. */
import { boardBox } from "../../browser/kinds/index.ts";
import type { Box, Shape } from "../../browser/types/shape.ts";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { findShape } from "./apply";
import { plain } from "./card";
import { drawingOf } from "./shape";

const [LEAST_LEVEL, MOST_LEVEL] = [6, 23]; // 64 px, and more than a board has

/** Writes down where the shape lies now, or that it lies nowhere. */
export async function plot(ctx: MutationCtx, boardId: Id<"boards">, shape: Doc<"shapes"> | null, shapeId: string) {
  const known = await ctx.db
    .query("plots")
    .withIndex("by_board_and_shape", (q) => q.eq("boardId", boardId).eq("shapeId", shapeId))
    .unique();
  if (shape === null || shape.removed) {
    if (known) await ctx.db.delete("plots", known._id);
    return;
  }
  const box = await boxOf(ctx, shape);
  const side = Math.max(box.right - box.left, box.bottom - box.top, 1);
  const level = Math.min(MOST_LEVEL, Math.max(LEAST_LEVEL, Math.ceil(Math.log2(side))));
  const drawing = drawingOf(shape);
  const title = drawing.kind === "frame" && drawing.rotation === 0 ? titled(drawing.text) : undefined;
  const row = { boardId, shapeId, level, column: Math.floor(box.left / 2 ** level), ...box, title };
  if (known) await ctx.db.replace("plots", known._id, row);
  else await ctx.db.insert("plots", row);
}

/** As two titles of frames compare. */
export const titled = (title: string): string => plain(title).trim();

/** Around all that the page draws of the shape. A line that is bound to shapes counts where it is drawn now. */
async function boxOf(ctx: QueryCtx, shape: Doc<"shapes">): Promise<Box> {
  const drawing = drawingOf(shape);
  const ends = "from" in drawing ? [drawing.from, drawing.to] : [];
  const bound: Map<string, Shape> = new Map();
  for (const end of ends) {
    const found = end && (await findShape(ctx, shape.boardId, end.id));
    if (found && !found.removed) bound.set(end.id, shown(found));
  }
  return boardBox(shown(shape), (id) => bound.get(id));
}

/** The shape as the page has it. */
function shown(shape: Doc<"shapes">): Shape {
  const drawing: any = drawingOf(shape);
  const from = [0, 0];
  const points = drawing.points?.split(" ").map((step: string, i: number) => {
    from[i % 2] += Number(step);
    return from[i % 2] / 10;
  });
  const pressures = drawing.pressures ? drawing.pressures.split(" ").map((part: string) => Number(part) / 100) : [];
  return { ...drawing, id: shape.shapeId, points, pressures };
}

/** What lies in the area, at most one more than `most`. */
export async function within(ctx: QueryCtx, boardId: Id<"boards">, area: Box, most: number): Promise<Doc<"plots">[]> {
  const found: Doc<"plots">[] = [];
  for (let level = LEAST_LEVEL; level <= MOST_LEVEL; level++) {
    const side = 2 ** level;
    for (let column = Math.floor(area.left / side) - 1; column * side < area.right; column++) {
      const rows = ctx.db.query("plots").withIndex("by_board_and_cell", (q) =>
        q
          .eq("boardId", boardId)
          .eq("level", level)
          .eq("column", column)
          .gt("top", area.top - side)
          .lt("top", area.bottom),
      );
      for await (const row of rows) {
        if (overlap(row, area)) found.push(row);
        if (found.length > most) return found;
      }
    }
  }
  return found;
}

export function overlap(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}
