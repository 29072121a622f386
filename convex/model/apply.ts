/** Applies one requested edit to one shape, and returns the op for the log. */
import type { WithoutSystemFields } from "convex/server";
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { checkFields, refuser } from "./check";
import { use } from "./file";
import { checkId } from "./id";
import type { Drawing, Lock, Patch } from "./kinds";
import type { Op } from "./op";
import { refuse } from "./refuse";
import { reworded } from "./rewording";
import type { Role } from "./role";
import { drawingOf } from "./shape";
import { said, writeDown } from "./writing";

const EPOCH = Date.UTC(2026, 0, 1); // z counts seconds from here: the newest shape is on top, without a counter
export const STEP = 1e-5; // of z, between shapes of one change: 200 stay within 2 ms, and doubles have 4e-9 here

/** Bytes that a change may read. Its undo reads up to five more rows of the log, and a function may read 16 MiB. */
export const MAX_READ = 11 * 1024 * 1024;

/** Who changes which board, in which role, under which change id. */
export type Edit = { boardId: Id<"boards">; author: Id<"users">; role: Role; changeId: string };

/**
 * The effect of an edit: the op for the log, or null if nothing changed, and the difference in the number of live
 * shapes.
 */
export type Effect = { op: Op | null; live: number };
const NOTHING: Effect = { op: null, live: 0 };

export async function findShape(ctx: QueryCtx, boardId: Id<"boards">, shapeId: string): Promise<Doc<"shapes"> | null> {
  return await ctx.db
    .query("shapes")
    .withIndex("by_board_and_shape", (q) => q.eq("boardId", boardId).eq("shapeId", shapeId))
    .unique();
}

/** The z of a new shape on top. It needs no read, so two people who draw never conflict. */
export function now(): number {
  return (Date.now() - EPOCH) / 1000;
}

/** Only the owner may change a shape that the owner has locked. Any other lock only prevents slips. */
export function isHeld({ role }: Edit, found: Doc<"shapes">): boolean {
  return found.locked === "owner" && role !== "owner";
}

/** @throws ConvexError `locked` */
function requireFree(edit: Edit, found: Doc<"shapes">, field: string, index: number): void {
  if (isHeld(edit, found)) refuse("locked", "The owner of the board has locked this shape.", { field, index });
}

/** The caller's role decides the strength of a lock, not the request. */
function asLocked<T extends { locked?: Lock }>(fields: T, { role }: Edit): T {
  return fields.locked ? { ...fields, locked: role === "owner" ? "owner" : true } : fields;
}

type Put = Omit<Drawing, "z"> & { id: string; z?: number };

/** Creates or replaces a shape. @throws ConvexError `removed` for a removed one: only undo brings it back */
export async function put(ctx: MutationCtx, edit: Edit, requested: Put, index: number): Promise<Effect> {
  const { id, ...given } = requested;
  checkId(id, "put.id", index);
  const found = await findShape(ctx, edit.boardId, id);
  if (found?.removed) {
    refuse("removed", "This shape was removed: only undo brings it back.", { field: `put.${index}.id`, index });
  }
  if (found !== null) requireFree(edit, found, `put.${index}.id`, index);
  const drawing = asLocked({ ...given, z: given.z ?? found?.z ?? now() + index * STEP } as Drawing, edit);
  const bad = refuser("put", index);
  checkFields(drawing, drawing, bad);
  if (drawing.kind === "image") await use(ctx, edit.boardId, drawing.file, id, bad);
  const author = found?.author ?? edit.author;
  await replace(ctx, found, {
    ...drawing,
    boardId: edit.boardId,
    shapeId: id,
    author,
    source: edit.changeId,
    removed: false,
  });
  const before = found === null ? undefined : { ...drawingOf(found), id, author };
  const sources = { was: found?.source ?? "", now: edit.changeId };
  return { op: { type: "put", shape: { ...drawing, id, author }, before, ...sources }, live: found ? 0 : 1 };
}

/** Changes some fields. It ignores a removed or unknown shape, so a removal wins over a patch. */
export async function patch(
  ctx: MutationCtx,
  edit: Edit,
  requested: { id: string; set: Patch & { base?: string } },
  index: number,
): Promise<Effect> {
  const { id } = requested;
  const given = asLocked(requested.set, edit);
  checkId(id, `patch.${index}.id`, index);
  const found = await findShape(ctx, edit.boardId, id);
  if (found === null || found.removed || Object.keys(given).length === 0) return NOTHING;
  requireFree(edit, found, `patch.${id}`, index);
  const drawing = drawingOf(found);
  const bad = refuser(`patch.${id}`, index);
  const set = reworded(drawing, given, bad);
  checkFields({ ...drawing, ...set } as Drawing, set, bad);
  if (set.file !== undefined) await use(ctx, edit.boardId, set.file, id, bad);
  const before = pick(drawing, Object.keys(set));
  await write(ctx, found, { ...set, source: edit.changeId });
  return { op: { type: "patch", id, set, before, was: found.source, now: edit.changeId }, live: 0 };
}

export async function remove(ctx: MutationCtx, edit: Edit, id: string, index: number): Promise<Effect> {
  checkId(id, `remove.${index}`, index);
  const found = await findShape(ctx, edit.boardId, id);
  if (found === null || found.removed) return NOTHING;
  requireFree(edit, found, `remove.${index}`, index);
  await write(ctx, found, { removed: true, source: edit.changeId });
  return { op: { type: "remove", id, was: found.source, now: edit.changeId }, live: -1 };
}

type State = { source: string; removed?: boolean };
type Fields = Omit<WithoutSystemFields<Doc<"shapes">>, "ts">;

/** Every write of a shape stores the commit's ts, by which readers order repeated deliveries. */
export async function write(ctx: MutationCtx, found: Doc<"shapes">, fields: Patch & State): Promise<void> {
  await ctx.db.patch("shapes", found._id, { ...fields, ts: ctx.db.vars.commitTs } as Partial<Doc<"shapes">>);
  const text = said({ ...found, ...fields });
  if (text !== said(found)) await writeDown(ctx, found, text);
}

/** Writes a whole shape, whose kind may have changed. */
export async function replace(ctx: MutationCtx, found: Doc<"shapes"> | null, fields: Fields): Promise<void> {
  const shape = { ...fields, ts: ctx.db.vars.commitTs };
  if (found !== null) await ctx.db.replace("shapes", found._id, shape);
  else await ctx.db.insert("shapes", shape);
  if (said(fields) !== said(found)) await writeDown(ctx, fields, said(fields));
}

function pick(from: object, keys: string[]): Patch {
  return Object.fromEntries(Object.entries(from).filter(([key]) => keys.includes(key)));
}

export function opsOf(effects: Effect[]) {
  return effects.map(({ op }) => op).filter((op) => op !== null);
}

export function liveOf(effects: Effect[]): number {
  return effects.reduce((sum, { live }) => sum + live, 0);
}
