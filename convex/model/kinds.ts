/** The kinds of shapes as validators, from their declaration. A field means the same in every kind that has it. */
import { type Infer, type Validator, type VObject, v } from "convex/values";
import type { Figure, Kind, SelfDrawn, SelfDrawnKind, Some } from "../../shapes/types.ts";
import { choices, common, declaredKinds, numbers } from "./declared";

export type { Kind } from "../../shapes/types.ts";

/** The end of an arrow is bound to a shape, at [u, v] in fractions of the shape's local box. */
const binding = v.union(v.null(), v.object({ id: v.string(), at: v.array(v.number()) }));

/** `"owner"`: the owner of the board locked it, so nobody else may change it; see model/apply.ts. */
const locked = v.union(v.boolean(), v.literal("owner"));
export type Lock = Infer<typeof locked>;

/**
 * `points`: whole tenths of a px relative to x, y; the first pair, then steps, joined by spaces. `pressures`: whole
 * hundredths.
 */
const own = {
  locked,
  curved: v.boolean(),
  points: v.string(),
  pressures: v.string(),
  from: binding,
  to: binding,
  crop: v.union(v.null(), v.array(v.number())),
};
type Own = { [F in keyof typeof own]: Infer<(typeof own)[F]> };
type Kept<D, Later extends PropertyKey = never> = Omit<D, Later> & Partial<Pick<D, Later & keyof D>> & { z: number };
type Plain<K extends SelfDrawnKind> = K extends "stroke" ? never : Kept<SelfDrawn<K, Own>>;

/** A shape as it is stored. A shape that is older than a field lacks it. */
export type Drawing =
  | Kept<SelfDrawn<"stroke", Own>, "group" | "locked" | "pressures">
  | Plain<SelfDrawnKind>
  | Kept<Figure<Own>, "fillColor">;
export type Patch = Some<Own> & { z?: number };

function validatorOf(field: string): Validator<any, any, any> {
  if (field in own) return own[field as keyof typeof own];
  if (field in numbers) return v.number();
  if (field in choices)
    return v.union(...Object.keys(choices[field as keyof typeof choices]).map((one) => v.literal(one)));
  return field === "z" ? v.number() : v.string();
}

/** Every field of a kind. */
export function fieldsOf(kind: Kind): string[] {
  return ["z", ...Object.keys({ ...common, ...declaredKinds[kind].fields })];
}

const names = Object.fromEntries((Object.keys(declaredKinds) as Kind[]).map((kind) => [kind, new Set(fieldsOf(kind))]));

/** Whether shapes of this kind have the field. */
export function has(kind: Kind, field: string): boolean {
  return names[kind].has(field);
}

/** Kinds with the same fields share one validator, so that a shape is compared with few. */
export const kinds: VObject<any, Record<string, any>>[] = [...grouped().values()].map((alike) => {
  const { later = [] } = declaredKinds[alike[0]];
  const fields = fieldsOf(alike[0]).map((field): [string, any] => {
    const validator = validatorOf(field);
    return [field, later.includes(field) ? v.optional(validator) : validator];
  });
  return v.object({ kind: v.union(...alike.map((kind) => v.literal(kind))), ...Object.fromEntries(fields) });
});

function grouped(): Map<string, Kind[]> {
  const found = new Map<string, Kind[]>();
  for (const kind of Object.keys(declaredKinds) as Kind[]) {
    const key = fieldsOf(kind).join(" ");
    found.set(key, [...(found.get(key) ?? []), kind]);
  }
  return found;
}

/** The fields that a stored shape of each kind may lack, with the values that it then has. */
export const ABSENT = Object.fromEntries(
  Object.entries(declaredKinds).map(([kind, { later = [], fields }]) => [
    kind,
    Object.fromEntries(later.map((name) => [name, name === "pressures" ? "" : (fields[name] ?? common[name])])),
  ]),
) as Record<Kind, Patch>;

const all = [...new Set((Object.keys(declaredKinds) as Kind[]).flatMap(fieldsOf))];

/** Fields of any kind, as a patch sets them. */
export const patchable = v.object(
  Object.fromEntries(all.map((field) => [field, v.optional(validatorOf(field))])),
) as unknown as VObject<Patch, { [F in keyof Patch]: Validator<any, any, any> }>;
