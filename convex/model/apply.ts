/** One requested edit of one shape: writes the shape, answers what the log keeps of it. */
import { WithoutSystemFields } from "convex/server";
import { Doc, Id } from "../_generated/dataModel";
import { MutationCtx, QueryCtx } from "../_generated/server";
import { Op } from "./op";
import { refuse } from "./refuse";
import { checkFields, checkId, drawingOf, ShapeIn, ShapePatch } from "./shape";

const EPOCH = Date.UTC(2026, 0, 1); // z counts seconds from here, so that the newest is on top without a counter

/** Who changes which board, and under which change id. */
export type Edit = { boardId: Id<"boards">; author: Id<"users">; changeId: string };

/** What an edit did: the log's op (null: nothing to do) and how many more live shapes there are. */
export type Effect = { op: Op | null; live: number };
const NOTHING: Effect = { op: null, live: 0 };

export async function findShape(ctx: QueryCtx, boardId: Id<"boards">, shapeId: string): Promise<Doc<"shapes"> | null> {
  return await ctx.db
    .query("shapes")
    .withIndex("by_board_and_shape", (q) => q.eq("boardId", boardId).eq("shapeId", shapeId))
    .unique();
}

/** Creates or replaces. @throws ConvexError `removed` for a tombstone: only undo brings a shape back */
export async function put(ctx: MutationCtx, edit: Edit, requested: ShapeIn, index: number): Promise<Effect> {
  const { id, z, ...rest } = requested;
  checkId(id, `put.${index}.id`, index);
  checkFields(requested, index);
  const found = await findShape(ctx, edit.boardId, id);
  if (found?.removed) {
    refuse("removed", "this shape was removed; only undo restores it", { field: `put.${index}.id`, index });
  }
  const drawing = { ...rest, z: z ?? found?.z ?? (Date.now() - EPOCH) / 1000 + index / 1e6 };
  const author = found?.author ?? edit.author;
  await write(ctx, found, { ...drawing, boardId: edit.boardId, shapeId: id, author, source: edit.changeId, removed: false });
  const before = found === null ? undefined : { ...drawingOf(found), id, author };
  const sources = { was: found?.source ?? "", now: edit.changeId };
  return { op: { type: "put", shape: { ...drawing, id, author }, before, ...sources }, live: found ? 0 : 1 };
}

/** Changes some fields. A shape that is gone, or never was, stays so: remove beats patch. */
export async function patch(
  ctx: MutationCtx,
  edit: Edit,
  requested: { id: string; set: ShapePatch },
  index: number,
): Promise<Effect> {
  const { id, set } = requested;
  checkId(id, `patch.${index}.id`, index);
  const found = await findShape(ctx, edit.boardId, id);
  if (found === null || found.removed) return NOTHING;
  checkFields({ ...drawingOf(found), ...set }, index);
  const before = pick(drawingOf(found), Object.keys(set));
  await write(ctx, found, { ...set, source: edit.changeId });
  return { op: { type: "patch", id, set, before, was: found.source, now: edit.changeId }, live: 0 };
}

export async function remove(ctx: MutationCtx, edit: Edit, id: string, index: number): Promise<Effect> {
  checkId(id, `remove.${index}`, index);
  const found = await findShape(ctx, edit.boardId, id);
  if (found === null || found.removed) return NOTHING;
  await write(ctx, found, { removed: true, source: edit.changeId });
  return { op: { type: "remove", id, was: found.source, now: edit.changeId }, live: -1 };
}

type Fields = Omit<WithoutSystemFields<Doc<"shapes">>, "ts">;

/** Every write of a shape carries the commit's ts, by which readers order what reaches them twice. */
export function write(ctx: MutationCtx, found: Doc<"shapes">, fields: Partial<Fields>): Promise<void>;
export function write(ctx: MutationCtx, found: Doc<"shapes"> | null, fields: Fields): Promise<void>;
export async function write(ctx: MutationCtx, found: Doc<"shapes"> | null, fields: Partial<Fields>): Promise<void> {
  const ts = ctx.db.vars.commitTs;
  if (found !== null) await ctx.db.patch("shapes", found._id, { ...fields, ts });
  else await ctx.db.insert("shapes", { ...(fields as Fields), ts });
}

function pick<T extends object>(from: T, keys: string[]): Partial<T> {
  return Object.fromEntries(Object.entries(from).filter(([key]) => keys.includes(key))) as Partial<T>;
}
