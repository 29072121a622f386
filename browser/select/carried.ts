import type { Board } from "../board.ts";
import { frameOf } from "../kinds/hits.ts";

/** These, and what lies in the frames among them. @returns bottom to top */
export function carried({ shapes }: Board, ids: Iterable<string>): string[] {
  const all = new Set(ids);
  for (const id of ids) {
    const shape = shapes.get(id);
    if (shape?.kind !== "frame") continue;
    for (const inner of shapes.inside(frameOf(shape, shapes.find))) if (!shapes.get(inner)?.locked) all.add(inner);
  }
  return shapes.sorted(all);
}
