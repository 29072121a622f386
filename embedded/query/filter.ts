// Evaluates the expressions of `.filter(q => …)` on a document in its wire form.

import { display } from "../value/display.ts";
import { FunctionError } from "../value/errors.ts";
import type { Json, JsonObject } from "../value/json.ts";
import { compareValues } from "../value/keys.ts";
import {
  decodeFloat,
  decodeInt64,
  encodeInt64,
  encodeNumber,
  fieldAt,
  isObject,
  isUndefined,
} from "../value/values.ts";

type Expression = (document: JsonObject) => Json | undefined;

export function compileFilter(json: Json): (document: JsonObject) => boolean {
  const expression = compile(json);
  return (document) => isTrue(expression(document));
}

function compile(json: Json): Expression {
  if (!isObject(json)) throw new FunctionError("Invalid filter expression.");
  const [operator] = Object.keys(json);
  const operand = json[operator!]!;
  switch (operator) {
    case "$literal":
      return () => (isUndefined(operand) ? undefined : operand);
    case "$field": {
      const path = String(operand).split(".");
      return (document) => fieldAt(document, path);
    }
    case "$not": {
      const inner = compile(operand);
      return (document) => !isTrue(inner(document));
    }
    case "$neg": {
      const inner = compile(operand);
      return (document) => negate(inner(document));
    }
    case "$and": {
      const parts = (operand as Json[]).map(compile);
      return (document) => parts.every((part) => isTrue(part(document)));
    }
    case "$or": {
      const parts = (operand as Json[]).map(compile);
      return (document) => parts.some((part) => isTrue(part(document)));
    }
  }
  const [left, right] = (operand as Json[]).map(compile) as [Expression, Expression];
  switch (operator) {
    case "$eq":
      return (document) => compareValues(left(document), right(document)) === 0;
    case "$neq":
      return (document) => compareValues(left(document), right(document)) !== 0;
    case "$lt":
      return (document) => compareValues(left(document), right(document)) < 0;
    case "$lte":
      return (document) => compareValues(left(document), right(document)) <= 0;
    case "$gt":
      return (document) => compareValues(left(document), right(document)) > 0;
    case "$gte":
      return (document) => compareValues(left(document), right(document)) >= 0;
    case "$add":
    case "$sub":
    case "$mul":
    case "$div":
    case "$mod":
      return (document) => arithmetic(operator, left(document), right(document));
    default:
      throw new FunctionError(`Unknown filter operator ${operator}.`);
  }
}

function isTrue(value: Json | undefined): boolean {
  if (typeof value !== "boolean")
    throw new FunctionError(`Cannot use value ${display(value)} (type ${typeName(value)}) as a Boolean`);
  return value;
}

function numberOf(value: Json | undefined): number | bigint | null {
  if (typeof value === "number") return value;
  if (isObject(value) && typeof value.$integer === "string") return decodeInt64(value.$integer);
  if (isObject(value) && typeof value.$float === "string") return decodeFloat(value.$float);
  return null;
}

const NAMES: Record<string, string> = { $add: "add", $sub: "subtract", $mul: "multiply", $div: "divide", $mod: "mod" };

/** Both operands are int64, or both are floats. Raises FunctionError for other operands, and if an int64 overflows. */
function arithmetic(operator: string, left: Json | undefined, right: Json | undefined): Json {
  const name = NAMES[operator];
  const a = numberOf(left);
  const b = numberOf(right);
  if (typeof a === "bigint" && typeof b === "bigint") {
    if (b === 0n && (operator === "$div" || operator === "$mod"))
      throw new FunctionError(`Cannot ${name} ${a} by zero`);
    const result = { $add: a + b, $sub: a - b, $mul: a * b, $div: b && a / b, $mod: b && a % b }[operator]!;
    if (result !== BigInt.asIntN(64, result))
      throw new FunctionError(`Cannot ${name} ${a} and ${b}: the result is out of range for Int64`);
    return { $integer: encodeInt64(result) };
  }
  if (typeof a === "number" && typeof b === "number") {
    return encodeNumber({ $add: a + b, $sub: a - b, $mul: a * b, $div: a / b, $mod: a % b }[operator]!);
  }
  throw new FunctionError(
    `Cannot ${name} ${display(left)} (type ${typeName(left)}) and ${display(right)} (type ${typeName(right)})`,
  );
}

function negate(value: Json | undefined): Json {
  const operand = numberOf(value);
  if (typeof operand === "number") return encodeNumber(-operand);
  if (operand === null) throw new FunctionError(`Cannot negate ${display(value)} (type ${typeName(value)})`);
  if (operand === MIN_INT64) throw new FunctionError(`Cannot negate ${operand}: the result is out of range for Int64`);
  return { $integer: encodeInt64(-operand) };
}

const MIN_INT64 = -(2n ** 63n);

function typeName(value: Json | undefined): string {
  if (value === undefined || value === null) return value === null ? "Null" : "Undefined";
  if (Array.isArray(value)) return "Array";
  if (!isObject(value)) return { number: "Float64", boolean: "Boolean", string: "String" }[typeof value as "string"]!;
  const special = { $integer: "Int64", $float: "Float64", $bytes: "Bytes" }[Object.keys(value)[0] ?? ""];
  return special ?? "Object";
}
