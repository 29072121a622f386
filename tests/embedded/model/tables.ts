// Random tables. Every seed has two of its own, so that many seeds can share a deployment.
import type { Random } from "./random.ts";
import { randomShape, type Shape } from "./shapes.ts";

export interface Table {
  name: string;
  /** The table of the ids in the field `ref`. */
  refersTo: string;
  fields: Record<string, { of: Shape; optional: boolean }>;
  /** The fields of each index, without _creationTime and _id, which follow. */
  indexes: Record<string, string[]>;
  /** Of the index `search`, which is on the field `text`. */
  filterFields: string[];
}

const INDEXED = ["a", "b", "n", "ref", "o.x", "ts", "text"];

export function randomTables(seed: number, random: Random): Table[] {
  const names = [`s${seed}a`, `s${seed}b`];
  return names.map((name) => {
    const own = (): { of: Shape; optional: boolean } => ({ of: randomShape(random), optional: random.chance(0.5) });
    const refersTo = random.pick(names);
    const ref: Shape = { is: "union", of: [{ is: "id", table: refersTo }, { is: "null" }] };
    const o: Shape = { is: "object", fields: { x: own(), y: own() } };
    const lists = Array.from({ length: 1 + random.below(3) }, () => {
      const start = random.below(INDEXED.length);
      const step = 1 + random.below(3);
      const fields = [0, 1, 2].map((i) => INDEXED[(start + i * step) % INDEXED.length]!);
      return fields.slice(0, 1 + random.below(3));
    });
    const distinct = new Map(lists.map((fields) => [fields.join(), fields]));
    return {
      name,
      refersTo,
      fields: {
        a: own(),
        b: own(),
        n: { of: { is: "union", of: [{ is: "number" }, { is: "int64" }] }, optional: true },
        ref: { of: ref, optional: true },
        o: { of: o, optional: true },
        ts: { of: { is: "commitTs" }, optional: true },
        text: { of: { is: "string" }, optional: true },
      },
      indexes: Object.fromEntries([...distinct.values()].map((fields, i) => [`by_${i}`, fields])),
      filterFields: [[], ["n"], ["a", "n"]][random.below(3)]!,
    };
  });
}

/** The shape of an indexed field, such as `o.x`. */
export function shapeOf(table: Table, path: string): Shape {
  let of: Shape = { is: "object", fields: table.fields };
  for (const name of path.split(".")) of = of.is === "object" ? of.fields[name]!.of : { is: "any" };
  return of;
}
