// A function with its validators compiled, and whether it has shown that it ends.

import { displaySize } from "../value/display.ts";
import { FunctionError } from "../value/errors.ts";
import type { Json } from "../value/json.ts";
import { compile, type TableOf } from "../value/validators.ts";
import { LIMITS, measure } from "../value/values.ts";
import type { FunctionInfo, Kind } from "./listing.ts";

/** A function is trusted, and runs without the watchdog, after this many quick runs in a row. */
const TRUSTED_AFTER = 50;
const QUICK_MS = 100;
const DEEP = LIMITS.valueNesting;

export interface CheckedFunction {
  /** Its place in `Catalog.titles`. */
  number: number;
  /** The path of its component; empty for the app's. */
  component: string;
  /** What the terminal and logs call it: `messages:list`, `rateLimiter/lib:check`. */
  title: string;
  path: string;
  /** Of all components: see sandbox.ts. */
  module: string;
  name: string;
  kind: Kind;
  public: boolean;
  /** Raises FunctionError (ArgumentValidationError). */
  checkArgs(args: Json): void;
  /** Takes the result's wire text. Raises FunctionError (ReturnsValidationError, or one of a limit). */
  checkReturns(result: string): void;
  readonly trusted: boolean;
  ran(ms: number): void;
}

export const kindName = (kind: string): string => kind[0]!.toUpperCase() + kind.slice(1);

export function checked(
  fn: FunctionInfo,
  number: number,
  component: string,
  tableOf: TableOf,
  suspects: readonly string[],
): CheckedFunction {
  const title = `${component === "" ? "" : `${component}/`}${fn.module}:${fn.name}`;
  let quickRuns = suspects.includes(title) ? -Infinity : 0;
  const args = compile(fn.args, tableOf);
  const returns = fn.returns && compile(fn.returns, tableOf);
  return {
    number,
    get trusted() {
      return quickRuns >= TRUSTED_AFTER;
    },
    ran(ms) {
      // On a busy machine anything may take long now and then. A suspect stays one.
      quickRuns = ms > QUICK_MS ? Math.min(quickRuns, 0) : quickRuns + 1;
    },
    component,
    title,
    path: `${fn.module}.js:${fn.name}`,
    module: component === "" ? fn.module : `${component}:${fn.module}`,
    name: fn.name,
    kind: fn.kind,
    public: fn.public,
    checkArgs(value) {
      const wrong = args(value, "");
      if (wrong) throw new FunctionError(`ArgumentValidationError: ${wrong}`);
    },
    checkReturns(result) {
      if (result.length > LIMITS.resultBytes)
        throw new FunctionError(
          `Function ${this.path} return value is too large (actual: ${displaySize(result.length)}, limit: ${displaySize(LIMITS.resultBytes)})`,
        );
      const isLarge = mayBeOverLimits(result);
      if (returns === null && !isLarge) return;
      const value = JSON.parse(result) as Json;
      if (isLarge) measureReturned(fn, value);
      const wrong = returns?.(value, "");
      if (wrong) throw new FunctionError(`ReturnsValidationError: ${wrong}`);
    },
  };
}

/** Commas are between items and fields, and brackets around them: where there are few, nothing is too long or too deep. */
function mayBeOverLimits(text: string): boolean {
  if (count(text, ",", LIMITS.documentFields) === LIMITS.documentFields) return true;
  return count(text, "[", DEEP) + count(text, "{", DEEP) >= DEEP && depthOf(text) >= DEEP;
}

/** How often the text has the character, but no more than `most`. */
function count(text: string, character: string, most: number): number {
  let found = 0;
  for (let at = text.indexOf(character); at >= 0 && found < most; at = text.indexOf(character, at + 1)) found++;
  return found;
}

/** How deep the JSON text is nested. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (character === '"') while (text[++at] !== '"') if (text[at] === "\\") at++;
    if (character === "[" || character === "{") deepest = Math.max(deepest, ++depth);
    else if (character === "]" || character === "}") depth--;
  }
  return deepest;
}

function measureReturned({ module, name }: FunctionInfo, value: Json): void {
  try {
    measure(value);
  } catch (error) {
    throw new FunctionError(`Function ${module}.js:${name} return value invalid: ${(error as Error).message}`);
  }
}
