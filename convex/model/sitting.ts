/** Sittings: what one person did on a board without a pause of ten minutes. */
import type { WithoutSystemFields } from "convex/server";
import type { Doc } from "../_generated/dataModel";
import type { Deeds, Done } from "./deed";

const PAUSE = 600_000_000_000n; // ns; a longer pause ends a sitting
const MAX_TOUCHED = 500; // shapes counted once; of further ones each change counts

export type Sitting = WithoutSystemFields<Doc<"sittings">>;
type Row = Pick<Doc<"changes">, "boardId" | "author" | "ts">;

/** Whether a row is part of this sitting, which is of the same person. */
export function goesOn(sitting: Sitting, { ts }: Row): boolean {
  return (ts as bigint) - sitting.to < PAUSE;
}

export function begun({ boardId, author, ts }: Row): Sitting {
  const at = ts as bigint;
  return { boardId, author, from: at, to: at, changes: 0, deeds: [], touched: [] };
}

/** The sitting with one more row, which did these things. */
export function extended(sitting: Sitting, { ts }: Row, done: Done[]): Sitting {
  const counts = new Map(sitting.deeds.map(({ verb, kind, count }) => [`${verb} ${kind}`, { verb, kind, count }]));
  const touched = new Set(sitting.touched);
  for (const { verb, kind, shape } of done) {
    if (shape !== "" && verb !== "drew") {
      const touch = `${verb} ${shape}`;
      if (touched.has(touch)) continue;
      if (touched.size < MAX_TOUCHED) touched.add(touch);
    }
    const known = counts.get(`${verb} ${kind}`);
    if (known) known.count++;
    else counts.set(`${verb} ${kind}`, { verb, kind, count: 1 });
  }
  const deeds: Deeds = [...counts.values()];
  return { ...sitting, to: ts as bigint, changes: sitting.changes + 1, deeds, touched: [...touched] };
}
