// A call on its way into the functions' context, and the host's answers to it, as text.
import type { CheckedFunction } from "../functions/checked_function.ts";
import { canonicalPath } from "../functions/path.ts";
import { complain } from "../ground/terminal.ts";
import { display, displaySize } from "../value/display.ts";
import { FunctionError } from "../value/errors.ts";
import type { Json } from "../value/json.ts";
import { isObject, LIMITS, type Measure, measure, specialKey } from "../value/values.ts";
import type { Run } from "./run.ts";

/** The answer, or `!` and the error: see sandbox.ts. */
export function guarded(answer: () => string): string {
  try {
    return answer();
  } catch (error) {
    return refused("call", error as Error);
  }
}

/** The calling function sees this error thrown. The trace of the called one is a part of its message, and ends with a line break. */
export function refused(what: string, error: Error | FunctionError): string {
  if (!(error instanceof FunctionError)) complain(what, error);
  const { message, data, trace } = error as FunctionError;
  return `!${JSON.stringify({ message: trace ? `${message}\n${trace}` : message, data })}`;
}

/** Two lines: what to call, and its arguments, which are not parsed on the way. */
export function invocation(fn: CheckedFunction, args: string, run?: Run): string {
  const invoke = fn.kind === "query" ? "invokeQuery" : "invokeMutation";
  const seed = run && Math.floor(Math.random() * 2 ** 32);
  return `${JSON.stringify({ module: fn.module, name: fn.name, invoke, now: run?.tx.now, seed })}\n[${args}]`;
}

/** Raises FunctionError if the arguments of the function are malformed. */
export function measureArgs(path: string, args: Json): Measure {
  try {
    return measure(args);
  } catch (error) {
    throw new FunctionError(`Invalid arguments for ${canonicalPath(path)}: ${(error as Error).message}`);
  }
}

/** The arguments' text. Raises FunctionError if they are malformed, too large, or not what the function takes. */
export function checkedArgs(fn: CheckedFunction, args: Json): string {
  const { bytes, unresolved } = measureArgs(fn.path, args);
  if (Array.isArray(args))
    throw new FunctionError(
      `Expected to receive a single object as the function's argument. Instead received ${args.length} arguments: ${display(args)}`,
    );
  if (!isObject(args) || specialKey(args) !== undefined)
    throw new FunctionError(
      `Expected to receive an object as the function's argument. Instead received: ${display(args)}`,
    );
  if (bytes > LIMITS.argumentBytes)
    throw new FunctionError(
      `Arguments for ${fn.path} are too large (actual: ${displaySize(bytes)}, limit: ${displaySize(LIMITS.argumentBytes)})`,
    );
  if (unresolved) throw new FunctionError("A commit timestamp cannot be passed as an argument by a client.");
  fn.checkArgs(args);
  return JSON.stringify(args);
}
