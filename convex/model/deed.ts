/** What a row of the log did, as people would say it. */
import { type Infer, v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";
import { findShape } from "./apply";
import type { Op } from "./op";

const verb = v.union(
  v.literal("drew"),
  v.literal("wrote"),
  v.literal("moved"),
  v.literal("resized"),
  v.literal("restyled"),
  v.literal("arranged"),
  v.literal("changed"),
  v.literal("removed"),
  v.literal("restored"),
  v.literal("undid"),
  v.literal("redid"),
  v.literal("cleared"),
  v.literal("uncleared"),
  v.literal("tookback"),
  v.literal("wentback"),
);
type Verb = Infer<typeof verb>;

/** `kind` of the shapes is known for what was drawn and written; else it is "". */
const deed = v.object({ verb, kind: v.string(), count: v.number() });
export const deeds = v.array(deed);
export type Deeds = Infer<typeof deeds>;

/** One thing done. Things done to the same shape, in one sitting, count once. */
export type Done = { verb: Verb; kind: string; shape: string };

const PLACE = ["x", "y", "from", "to"];
const SIZE = [...PLACE, "w", "h", "rotation", "points", "pressures", "size"];
const ORDER = ["z", "group", "locked"];

const MAX_LOOKED_UP = 200; // shapes with text of one transaction: each has up to 10 kB

/** Finds the kinds of shapes whose text was changed; "" for further ones than it may read. */
export class Kinds {
  #ctx;
  #boardId;
  #known: Map<string, string> = new Map();

  constructor(ctx: QueryCtx, boardId: Id<"boards">) {
    this.#ctx = ctx;
    this.#boardId = boardId;
  }

  async of(shape: string): Promise<string> {
    const known = this.#known.get(shape);
    if (known !== undefined || this.#known.size === MAX_LOOKED_UP) return known ?? "";
    const kind = (await findShape(this.#ctx, this.#boardId, shape))?.kind ?? "";
    this.#known.set(shape, kind);
    return kind;
  }
}

/** @param only the shapes that matter; all of them if it is missing */
export async function doneBy(kinds: Kinds, row: Doc<"changes">, only?: ReadonlySet<string>): Promise<Done[]> {
  const whole = wholeVerb(row);
  if (whole !== null && only === undefined)
    return row.continues === undefined ? [{ verb: whole, kind: "", shape: "" }] : [];
  const done: Done[] = [];
  for (const op of row.ops as Op[]) {
    const shape = op.type === "put" ? op.shape.id : op.id;
    if (only !== undefined && !only.has(shape)) continue;
    done.push({ ...(await toShape(kinds, op)), shape });
  }
  return done;
}

/** What a row did that is told as one thing, however many shapes it touched. */
function wholeVerb({ undoes, redo, clears, brings, takesFrom, restoresTo }: Doc<"changes">): Verb | null {
  if (takesFrom !== undefined) return "tookback";
  if (restoresTo !== undefined) return "wentback";
  if (brings !== undefined) return "uncleared";
  if (undoes !== undefined) return redo ? "redid" : "undid";
  return clears ? "cleared" : null;
}

async function toShape(kinds: Kinds, op: Op): Promise<{ verb: Verb; kind: string }> {
  if (op.type === "put") return { verb: op.before === undefined ? "drew" : "changed", kind: op.shape.kind };
  if (op.type === "remove") return { verb: "removed", kind: "" };
  if (op.type === "restore") return { verb: "restored", kind: "" };
  const verb = patched(Object.keys(op.set));
  return { verb, kind: verb === "wrote" ? await kinds.of(op.id) : "" };
}

function patched(fields: string[]): Verb {
  if (fields.includes("text")) return "wrote";
  if (fields.every((name) => PLACE.includes(name))) return "moved";
  if (fields.every((name) => SIZE.includes(name))) return "resized";
  if (fields.every((name) => ORDER.includes(name))) return "arranged";
  return fields.includes("file") || fields.includes("crop") || fields.includes("alt") ? "changed" : "restyled";
}
