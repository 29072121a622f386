import { complete } from "../kinds/defaults.ts";
import type { Shape } from "../types/shape.ts";

/** A shape, or some of its fields, as the log has it: points and pressures are packed as text. */
export type Packed = Record<string, unknown> & { kind?: Shape["kind"] };

type Op =
  | { type: "put"; shape: Packed & { id: string; kind: Shape["kind"] } }
  | { type: "patch"; id: string; set: Packed }
  | { type: "remove" | "restore"; id: string };

/** A row of the log. */
export interface Row {
  ts: string;
  /** The id of a person. */
  author: string;
  ops: Op[];
}

/** "0 0 12 -3" -> [0, 0, 1.2, -0.3]: the first pair in tenths of a px, then steps. The same as app/shapes/points.py. */
function points(packed: string): number[] {
  const tenths = packed.split(" ").map(Number);
  for (let i = 2; i < tenths.length; i++) tenths[i] += tenths[i - 2];
  return tenths.map((value) => value / 10);
}

const hundredths = (packed: string) => (packed ? packed.split(" ").map((value) => Number(value) / 100) : []);

/** The shape with every field of its kind, as it is drawn. */
export function unpacked(id: string, packed: Packed): Shape {
  const { kind = "stroke", ...fields } = packed;
  if (typeof fields.points === "string") fields.points = points(fields.points);
  if (typeof fields.pressures === "string") fields.pressures = hundredths(fields.pressures);
  return complete(kind, id, fields);
}
