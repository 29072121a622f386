import type { Shape } from "../types/shape.ts";
import { common, kinds } from "./declared.ts";

/** The fields of each kind of shape, as the server fills them in. */

const COMMON: Record<string, unknown> = common;

export const KINDS = Object.keys(kinds);

/** A shape with every field of its kind; those of `fields` that the kind has not are left out, so that a style may be passed whole. */
export function complete<K extends Shape["kind"]>(
  kind: K,
  id: string,
  fields: Record<string, any> = {},
): Extract<Shape, { kind: K }> {
  const all = { ...COMMON, ...kinds[kind].fields };
  const given = Object.fromEntries(Object.entries(fields).filter(([name]) => name in all || name === "z"));
  return { id, kind, ...all, ...given } as any;
}

/** Whether shapes of this kind have the field. */
export function has(kind: Shape["kind"], field: string) {
  return field in COMMON || field in kinds[kind].fields;
}

/** Fields that a put always has, whatever their values. */
const GIVEN = ["id", "kind", "points", "w", "h", "text", "file"];

/** The shape without the fields that the server fills in by itself. */
export function lean(shape: Shape): Partial<Shape> {
  const defaults = { ...COMMON, ...kinds[shape.kind].fields } as Record<string, unknown>;
  const differs = Object.entries(shape).filter(
    ([name, value]) => GIVEN.includes(name) || JSON.stringify(value) !== JSON.stringify(defaults[name]),
  );
  return Object.fromEntries(differs) as Partial<Shape>;
}
