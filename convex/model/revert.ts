/**
 * Takes one op back, field by field. A field that still has the op's value gets the earlier value back. A field that
 * somebody has set since keeps its value. A redo takes back the op of an undo, so it works the same.
 *
 * A shape that the op created is removed only if nobody has changed it since.
 */
import { ConvexError } from "convex/values";
import type { Doc } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";
import { type Edit, type Effect, findShape, isHeld } from "./apply";
import { checkFields, refuser } from "./check";
import { ABSENT, type Drawing, type Patch } from "./kinds";
import { type Op, opId } from "./op";
import { drawingOf } from "./shape";
import { isEqual, turn } from "./turn";

/** Fields that belong together: if one of them stays, all do. */
const TOGETHER = ["points", "pressures"];

type Fields = Record<string, unknown>;
type Shape = Doc<"shapes">;
type Back = { set: Patch; kept: boolean };
type Reverted = Effect & { kept: boolean };

/** A shape without an op: `found` itself if it stays. `kept`: something stays that somebody else has set since. */
type Without = { shape: Shape; kept: boolean };

const NOTHING: Effect = { op: null, live: 0 };

/** The result for an op that is not taken back. */
export const KEPT: Reverted = { ...NOTHING, kept: true };

/** `kept`: some of the shape stays as it is, since somebody else has changed or locked it. */
export async function revert(ctx: MutationCtx, edit: Edit, op: Op): Promise<Reverted> {
  const found = await findShape(ctx, edit.boardId, opId(op));
  if (found === null) return KEPT;
  const { shape, kept } = without(edit, found, op);
  const [effect = NOTHING] = await turn(ctx, edit, found, shape);
  return { ...effect, kept };
}

/** What a shape is without an op, if nothing else is to happen to it. */
export function without(edit: Edit, found: Shape, op: Op): Without {
  if (isHeld(edit, found)) return { shape: found, kept: true };
  if (op.type === "remove") return restored(edit, found, op);
  if (op.type === "restore") return removed(found, op, found.source === op.now);
  if (op.type === "patch") return patched(edit, found, op, fieldsBack(drawingOf(found), op.set, op.before));
  const { before } = op;
  const untouched = found.source === op.now || isSame(drawingOf(found), op.shape as unknown as Drawing);
  if (before === undefined) return removed(found, op, untouched);
  if (found.removed) return { shape: found, kept: true };
  const { id, author, ...drawing } = before;
  if (drawing.kind === op.shape.kind && drawing.kind === found.kind)
    return patched(edit, found, op, fieldsBack(drawingOf(found), op.shape, drawing));
  if (!untouched) return { shape: found, kept: true };
  const { _id, _creationTime, boardId, ts } = found;
  const rest = { _id, _creationTime, boardId, ts, shapeId: id, author, source: sourceAfter(edit, found, op) };
  return { shape: { ...drawing, ...rest, removed: false } as Shape, kept: false };
}

function restored(edit: Edit, found: Shape, op: Op): Without {
  if (!found.removed || found.source !== op.now) return { shape: found, kept: found.removed };
  return { shape: { ...found, removed: false, source: sourceAfter(edit, found, op) }, kept: false };
}

function removed(found: Shape, op: Op, untouched: boolean): Without {
  if (found.removed || !untouched) return { shape: found, kept: !found.removed };
  return { shape: { ...found, removed: true, source: op.was }, kept: false };
}

function patched(edit: Edit, found: Shape, op: Op, back: Back): Without {
  if (found.removed) return { shape: found, kept: true };
  const set = edit.role !== "owner" && back.set.locked ? { ...back.set, locked: true } : back.set;
  if (Object.keys(set).length === 0) return { shape: found, kept: back.kept };
  if (!isSound(drawingOf(found), set)) return { shape: found, kept: true };
  return { shape: { ...found, ...set, source: sourceAfter(edit, found, op) } as Shape, kept: back.kept };
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
function sourceAfter(edit: Edit, found: Shape, op: Op): string {
  return found.source === op.now ? op.was : edit.changeId;
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
