// Arguments of the wrong JSON type, refused in Convex's words. What `convex/server` checks itself never comes here.
import { displayType } from "./display.ts";
import { FunctionError } from "./errors.ts";
import { wrongId } from "./ids.ts";
import type { Json } from "./json.ts";

/** Raises FunctionError, naming the method of `ctx` and the argument, unless it is a text. */
export function mustBeText(method: string, name: string, value: Json | undefined): asserts value is string {
  if (typeof value !== "string") throw wrongType(method, name, value, "a string");
}

export function wrongType(method: string, name: string, value: Json | undefined, expected: string): FunctionError {
  const wrong =
    value === undefined ? `missing field \`${name}\`` : `invalid type: ${displayType(value)}, expected ${expected}`;
  return new FunctionError(`Invalid arguments for \`${method}\`: ${wrong}`);
}

export const wrongArgument = (method: string, name: string, wrong: string): FunctionError =>
  new FunctionError(`Invalid argument \`${name}\` for \`${method}\`: ${wrong}`);

/** For a text in which `tableOfId` finds no table. */
export const noId = (method: string, id: string): FunctionError => wrongArgument(method, "id", wrongId(id));
