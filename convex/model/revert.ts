/**
 * Takes one op back, field by field. A field that still has the op's value gets the earlier value back. A field that
 * somebody has set since keeps its value. A redo takes back the op of an undo, so it works the same.
 *
 * A shape that the op created is removed only if nobody has changed it since.
 */
import { ConvexError } from "convex/values";
import type { Doc } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";
import { type Edit, type Effect, findShape, isHeld, replace, write } from "./apply";
import { checkFields, refuser } from "./check";
import { ABSENT, type Drawing, type Patch } from "./kinds";
import { type Op, opId } from "./op";
import { drawingOf } from "./shape";

/** Fields that belong together: if one of them stays, all do. */
const TOGETHER = ["points", "pressures"];

type Fields = Record<string, unknown>;
type Back = { set: Patch; kept: boolean };
type Reverted = Effect & { kept: boolean };

/** The result for an op that is not taken back. */
export const KEPT: Reverted = { op: null, live: 0, kept: true };

/** `kept`: some of the shape stays as it is, since somebody else has changed or locked it. */
export async function revert(ctx: MutationCtx, edit: Edit, op: Op): Promise<Reverted> {
  const found = await findShape(ctx, edit.boardId, opId(op));
  if (found === null) return nothing(true);
  if (isHeld(edit, found)) return nothing(true);
  if (op.type === "remove") return await restore(ctx, edit, found, op);
  if (op.type === "restore") return await remove(ctx, found, op, found.source === op.now);
  if (op.type === "patch") return await patch(ctx, edit, found, op, fieldsBack(drawingOf(found), op.set, op.before));
  const { before, shape } = op;
  const untouched = found.source === op.now || isSame(drawingOf(found), shape as unknown as Drawing);
  if (before === undefined) return await remove(ctx, found, op, untouched);
  if (found.removed) return nothing(true);
  const { id, author, ...drawing } = before;
  if (drawing.kind === shape.kind && drawing.kind === found.kind) {
    return await patch(ctx, edit, found, op, fieldsBack(drawingOf(found), shape, drawing));
  }
  if (!untouched) return nothing(true);
  const sources = sourcesOf(edit, found, op);
  const fields = { ...drawing, boardId: edit.boardId, shapeId: id, author, source: sources.now, removed: false };
  await replace(ctx, found, fields);
  const now = { ...drawing, id, author } as typeof before;
  return did({ type: "put", shape: now, before: { ...drawingOf(found), id, author } as typeof before, ...sources });
}

async function restore(ctx: MutationCtx, edit: Edit, found: Doc<"shapes">, op: Op): Promise<Reverted> {
  if (!found.removed || found.source !== op.now) return nothing(found.removed);
  const sources = sourcesOf(edit, found, op);
  await write(ctx, found, { removed: false, source: sources.now });
  return { ...did({ type: "restore", id: found.shapeId, ...sources }), live: 1 };
}

async function remove(ctx: MutationCtx, found: Doc<"shapes">, op: Op, untouched: boolean): Promise<Reverted> {
  if (found.removed || !untouched) return nothing(!found.removed);
  const sources = { was: found.source, now: op.was };
  await write(ctx, found, { removed: true, source: sources.now });
  return { ...did({ type: "remove", id: found.shapeId, ...sources }), live: -1 };
}

async function patch(ctx: MutationCtx, edit: Edit, found: Doc<"shapes">, op: Op, back: Back): Promise<Reverted> {
  if (found.removed) return nothing(true);
  const drawing = drawingOf(found);
  const set = edit.role !== "owner" && back.set.locked ? { ...back.set, locked: true } : back.set;
  if (Object.keys(set).length === 0) return nothing(back.kept);
  if (!isSound(drawing, set)) return nothing(true);
  const before = Object.fromEntries(Object.keys(set).map((name) => [name, (drawing as Fields)[name]])) as Patch;
  const sources = sourcesOf(edit, found, op);
  await write(ctx, found, { ...set, source: sources.now });
  return { ...did({ type: "patch", id: found.shapeId, set, before, ...sources }), kept: back.kept };
}

/** The fields to set back, if an op set those of `gave` and they were those of `had` before. */
function fieldsBack(now: Drawing, gave: object, had: object): Back {
  const is: Fields = { ...now };
  const was: Fields = { ...ABSENT[now.kind], ...had };
  const set: Fields = {};
  const kept: string[] = [];
  for (const [name, value] of Object.entries(gave)) {
    if (!(name in is) || isEqual(is[name], was[name])) continue;
    if (isEqual(is[name], value) && was[name] !== undefined) set[name] = was[name];
    else kept.push(name);
  }
  if (TOGETHER.some((name) => kept.includes(name))) for (const name of TOGETHER) delete set[name];
  return { set: set as Patch, kept: kept.length > 0 };
}

/** The shape returns to its earlier state if nobody has touched it since; otherwise it is in a new one. */
function sourcesOf(edit: Edit, found: Doc<"shapes">, op: Op): { was: string; now: string } {
  return { was: found.source, now: found.source === op.now ? op.was : edit.changeId };
}

/** Each value was valid once, but together they may be invalid, such as points beyond the end of the board. */
function isSound(drawing: Drawing, set: Patch): boolean {
  try {
    checkFields({ ...drawing, ...set } as Drawing, set, refuser("patch", 0));
    return true;
  } catch (error) {
    if (error instanceof ConvexError) return false;
    throw error;
  }
}

function isSame(now: Drawing, gave: Drawing): boolean {
  const is: Fields = { ...now };
  const was: Fields = { ...ABSENT[now.kind], ...gave };
  return Object.keys(is).every((name) => isEqual(is[name], was[name]));
}

/** Values are scalars, lists of numbers and bindings, whose keys Convex sorts. */
function isEqual(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

function nothing(kept: boolean): Reverted {
  return { op: null, live: 0, kept };
}

function did(op: Op): Reverted {
  return { op, live: 0, kept: false };
}
