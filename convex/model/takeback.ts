/**
 * Takes back what one person did, or everybody, newest first, batch after batch. In a batch each shape is read and written once, however
 * often the person has changed it. The changes of all batches are one step of undo.
 *
 * When everybody's changes since a moment are taken back, the board is as it was then: each op finds the shape as the op
 * left it, but for what somebody has changed since it began.
 */
import { getConvexSize } from "convex/values";
import type { Doc } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { type Edit, findShape, liveOf, opsOf } from "./apply";
import { sha256 } from "./digest";
import { appendPart, MAX_OPS } from "./log";
import { type Op, opId } from "./op";
import { without } from "./revert";
import { turn } from "./turn";

const MAX_SHAPES = 150; // of a batch: it holds others up for 30 ms
const MAX_TAKEN = 1_000; // ops of a batch
const MAX_ROWS = 1_000; // of the log in a batch
const MAX_READ = 4 * 1024 * 1024; // bytes of a batch, which writing reads again; a Convex transaction reads at most 16 MiB
const MAX_KEPT = 1_000; // ids that are listed
const NAME = "takeback";

type Takeback = Doc<"takebacks">;
type Shape = Doc<"shapes">;
type Touched = { from: Shape; to: Shape; kept: boolean };

/** The next batch. The fields of the takeback after it. */
export async function takeSome(ctx: MutationCtx, takeback: Takeback): Promise<Partial<Takeback>> {
  const { boardId, author, owner, takebackId, user, last, batch } = takeback;
  const changeId = last === undefined ? takebackId : (await sha256(`${takeback._id} ${batch}`)).slice(0, 32);
  const edit: Edit = { boardId, author, role: owner ? "owner" : "editor", changeId };
  const sheet = new Sheet(ctx, edit);
  const { next, rows } = await taken(ctx, takeback, sheet);
  const effects = [];
  const kept = new Set(takeback.kept);
  for (const { from, to, kept: stays } of sheet.shapes.values()) {
    effects.push(...(await turn(ctx, edit, from, to)));
    if (stays && !to.removed && kept.size < MAX_KEPT) kept.add(to.shapeId);
  }
  const ops = opsOf(effects);
  const why = user === null ? { restoresTo: takeback.since - 1n } : { takesFrom: user };
  const made = { boardId, author, changeId, digest: NAME, ops, continues: last, ...why };
  if (ops.length > 0) await appendPart(ctx, made, liveOf(effects));
  const live = effects.map((effect) => effect.live);
  return {
    batch: batch + 1,
    next,
    last: ops.length > 0 ? changeId : last,
    changes: takeback.changes + rows,
    removed: takeback.removed + live.filter((one) => one < 0).length,
    restored: takeback.restored + live.filter((one) => one > 0).length,
    changed: takeback.changed + live.filter((one) => one === 0).length,
    kept: [...kept],
  };
}

/** Takes ops back until the sheet is full: where the next batch begins, and how many rows were done. */
async function taken(ctx: QueryCtx, takeback: Takeback, sheet: Sheet) {
  const next = takeback.next!;
  const only = takeback.shapes && new Set(takeback.shapes);
  let rows = 0;
  const { folding = 0n } = (await ctx.db.get("boards", takeback.boardId)) ?? {};
  for await (const row of rowsOf(ctx, { ...takeback, until: next.ts })) {
    sheet.read += getConvexSize(row);
    const ts = row.ts as bigint;
    if (ts <= folding) break; // see folded.ts
    let left = next.ts === ts ? (next.ops ?? row.ops.length) : row.ops.length;
    if (rows === MAX_ROWS) return { next: { ts, ops: left }, rows };
    for (; left > 0; left--) {
      if (sheet.full) return { next: { ts, ops: left }, rows };
      if (only?.has(opId(row.ops[left - 1])) !== false) await sheet.take(row.ops[left - 1]);
    }
    rows++;
  }
  return { next: null, rows };
}

/** The rows of a person, or of everybody, newest first. */
export function rowsOf(
  ctx: QueryCtx,
  { boardId, user, since, until }: Pick<Takeback, "boardId" | "user" | "since" | "until">,
) {
  const changes = ctx.db.query("changes");
  const rows =
    user === null
      ? changes.withIndex("by_board_and_ts", (q) => q.eq("boardId", boardId).gte("ts", since).lte("ts", until))
      : changes.withIndex("by_board_and_author_and_ts", (q) =>
          q.eq("boardId", boardId).eq("author", user).gte("ts", since).lte("ts", until),
        );
  return rows.order("desc");
}

/** The shapes of a batch, as they are and as they will be. */
class Sheet {
  #ctx;
  #edit;
  #taken = 0;
  /** About so many bytes has the row of the log. */
  #logged = 0;
  shapes: Map<string, Touched> = new Map();
  read = 0;

  constructor(ctx: MutationCtx, edit: Edit) {
    this.#ctx = ctx;
    this.#edit = edit;
  }

  get full(): boolean {
    const { size } = this.shapes;
    return size >= MAX_SHAPES || this.#taken >= MAX_TAKEN || this.read > MAX_READ || this.#logged > MAX_OPS / 2;
  }

  async take(op: Op): Promise<void> {
    this.#taken++;
    const id = opId(op);
    const known = this.shapes.get(id) ?? (await this.#find(id));
    if (known === null) return;
    const { shape, kept } = without(this.#edit, known.to, op);
    this.shapes.set(id, { from: known.from, to: shape, kept: known.kept || kept });
    // A shape that goes or comes back costs next to nothing; one that changes at most what the op has, and the shape.
    const alters = op.type === "patch" || (op.type === "put" && op.before !== undefined);
    this.#logged += alters ? getConvexSize(op) : 200;
  }

  async #find(id: string): Promise<Touched | null> {
    const found = await findShape(this.#ctx, this.#edit.boardId, id);
    if (found === null) return null;
    this.read += getConvexSize(found);
    return { from: found, to: found, kept: false };
  }
}
