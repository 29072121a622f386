// `withIndex(…, q => …)`: turns a range into keys of the index. A range gives values for the first fields of the index,
// and bounds for the next one.

import type { Index } from "../store/tables.ts";
import { display } from "../value/display.ts";
import { FunctionError } from "../value/errors.ts";
import type { Json } from "../value/json.ts";
import { encodeKey, endOf } from "../value/keys.ts";
import { isUndefined } from "../value/values.ts";

export type RangeExpression = { type: "Eq" | "Gt" | "Gte" | "Lt" | "Lte"; fieldPath: string; value: Json };

const COMPARATORS = { Gt: ">", Gte: ">=", Lt: "<", Lte: "<=" } as const;
const MORE = "See https://docs.convex.dev/using/indexes for more info.";

/** The keys lo <= key < hi. Raises FunctionError for a range that the index cannot answer. */
export function indexRange(index: Index, expressions: readonly RangeExpression[]): { lo: string; hi: string } {
  const name = `${index.table.name}.${index.name}`;
  const fields = index.fields.map((path) => path.join("."));
  const ordered = fields.includes("_id") ? fields : [...fields, "_id"];
  const { equalities, lower, upper } = split(name, expressions);
  const bounded = (lower ?? upper)?.fieldPath;
  for (const field of [...equalities.keys(), ...(bounded === undefined ? [] : [bounded])]) {
    if (!ordered.includes(field)) {
      throw new FunctionError(
        `The index range included a comparison with "${field}", but ${name} with fields ${list(fields)} doesn't index this field. For more information see https://docs.convex.dev/using/indexes.`,
      );
    }
  }
  // The order in which a function writes its equalities does not matter.
  const used = ordered.filter((field) => equalities.has(field));
  if (bounded !== undefined) used.push(bounded);
  const wrong = used.find((field, i) => field !== ordered[i]);
  if (wrong !== undefined) {
    throw new FunctionError(
      `Tried to query index ${name} but the query didn't use the index fields in order.\nIndex fields: ${list(fields)}\nQuery fields: ${list(used)}\nFirst incorrect field: "${wrong}"\nFor more information see https://docs.convex.dev/using/indexes.`,
    );
  }
  const prefix = used
    .slice(0, equalities.size)
    .map((field) => encode(equalities.get(field)!))
    .join("");
  const from = lower && prefix + encode(lower.value);
  const to = upper && prefix + encode(upper.value);
  return {
    lo: from === undefined ? prefix : lower!.type === "Gt" ? endOf(from) : from,
    hi: to === undefined ? endOf(prefix) : upper!.type === "Lt" ? to : endOf(to),
  };
}

interface Split {
  equalities: Map<string, Json>;
  lower: RangeExpression | undefined;
  upper: RangeExpression | undefined;
}

function split(name: string, expressions: readonly RangeExpression[]): Split {
  const equalities = new Map<string, Json>();
  let lower: RangeExpression | undefined;
  let upper: RangeExpression | undefined;
  for (const expression of expressions) {
    const { type, fieldPath, value } = expression;
    if (type === "Eq") {
      if (equalities.has(fieldPath)) throw boundTwice("equality", fieldPath, "==", equalities.get(fieldPath));
      equalities.set(fieldPath, value);
      continue;
    }
    const isUpper = type === "Lt" || type === "Lte";
    if (isUpper ? upper : lower) throw boundTwice(isUpper ? "upper" : "lower", fieldPath, COMPARATORS[type], value);
    const other = (lower ?? upper)?.fieldPath ?? fieldPath;
    if (other !== fieldPath) {
      throw new FunctionError(
        `Upper and lower bounds in \`range\` can only be applied to a single index field. This query against index ${name} attempted to set a range bound on both "${other}" and "${fieldPath}". Consider using \`filter\` instead. ${MORE}`,
      );
    }
    if (isUpper) upper = expression;
    else lower = expression;
  }
  const bounded = (lower ?? upper)?.fieldPath;
  if (bounded !== undefined && equalities.has(bounded))
    throw boundTwice("inequality", bounded, "==", equalities.get(bounded));
  return { equalities, lower, upper };
}

const encode = (value: Json): string => encodeKey(isUndefined(value) ? undefined : value);
const list = (fields: readonly string[]): string => `[${fields.map((field) => `"${field}"`).join(", ")}]`;
const boundTwice = (bound: string, field: string, comparator: string, value: Json | undefined): FunctionError =>
  new FunctionError(
    `Already defined ${bound} bound in index range. Can't add "${field}" ${comparator} ${display(value)}.`,
  );
