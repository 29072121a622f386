// `.filter(q => …)` expressions, evaluated on a document's wire form.
import { FunctionError } from "./errors.ts";
import { compareValues } from "./keys.ts";
import { decodeFloat, decodeInt64, encodeInt64, encodeNumber, fieldAt, isObject, isUndefined, type Json, type JsonObject } from "./values.ts";

export type Expression = (document: JsonObject) => Json | undefined;

export function compileFilter(json: Json): (document: JsonObject) => boolean {
  const expression = compile(json);
  return (document) => truth(expression(document));
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
      return (document) => !truth(inner(document));
    }
    case "$neg": {
      const inner = compile(operand);
      return (document) => arithmetic("$sub", typeof number(inner(document)) === "bigint" ? { $integer: encodeInt64(0n) } : 0, inner(document));
    }
    case "$and": {
      const parts = (operand as Json[]).map(compile);
      return (document) => parts.every((part) => truth(part(document)));
    }
    case "$or": {
      const parts = (operand as Json[]).map(compile);
      return (document) => parts.some((part) => truth(part(document)));
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

function truth(value: Json | undefined): boolean {
  if (typeof value !== "boolean") throw new FunctionError("A filter expression must be a boolean.");
  return value;
}

function number(value: Json | undefined): number | bigint {
  if (typeof value === "number") return value;
  if (isObject(value) && typeof value.$integer === "string") return decodeInt64(value.$integer);
  if (isObject(value) && typeof value.$float === "string") return decodeFloat(value.$float);
  throw new FunctionError("Arithmetic in a filter needs two numbers of one kind.");
}

function arithmetic(operator: string, left: Json | undefined, right: Json | undefined): Json {
  const a = number(left);
  const b = number(right);
  if (typeof a === "bigint" && typeof b === "bigint") {
    if (b === 0n && (operator === "$div" || operator === "$mod")) throw new FunctionError("Division by zero in a filter.");
    const result = { $add: a + b, $sub: a - b, $mul: a * b, $div: b && a / b, $mod: b && a % b }[operator]!;
    return { $integer: encodeInt64(BigInt.asIntN(64, result)) };
  }
  if (typeof a === "number" && typeof b === "number") {
    return encodeNumber({ $add: a + b, $sub: a - b, $mul: a * b, $div: a / b, $mod: a % b }[operator]!);
  }
  throw new FunctionError("Arithmetic in a filter needs two numbers of one kind.");
}
