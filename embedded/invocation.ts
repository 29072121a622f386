// A call on its way into the functions' context, and the host's answers to it, as text.
import type { CheckedFunction } from "./catalog.ts";
import { displaySize } from "./display.ts";
import { FunctionError } from "./errors.ts";
import type { Run } from "./run.ts";
import { LIMITS, measure, type Json } from "./values.ts";

/** The answer, or `!` and the error: see sandbox.ts. */
export function guarded(answer: () => string): string {
  try {
    return answer();
  } catch (error) {
    const { message, data, trace } = error as FunctionError;
    if (!(error instanceof FunctionError)) console.error(error);
    return `!${JSON.stringify({ message: trace ? `${message}\n${trace}`.trimEnd() : message, data })}`;
  }
}

export function invocation(fn: CheckedFunction, args: string, run?: Run): string {
  const invoke = fn.kind === "query" ? "invokeQuery" : "invokeMutation";
  return JSON.stringify({ module: fn.module, name: fn.name, invoke, args: `[${args}]`, now: run?.tx.now, seed: run && Math.floor(Math.random() * 2 ** 32) });
}

/** The arguments' text. Raises FunctionError if they are malformed, too large, or not what the function takes. */
export function checkedArgs(fn: CheckedFunction, args: Json): string {
  const { bytes, unresolved } = measure(args);
  if (bytes > LIMITS.argumentBytes) throw new FunctionError(`Arguments for ${fn.path} are too large (actual: ${displaySize(bytes)}, limit: ${displaySize(LIMITS.argumentBytes)})`);
  if (unresolved) throw new FunctionError("A commit timestamp cannot be passed as an argument by a client.");
  fn.checkArgs(args);
  return JSON.stringify(args);
}
