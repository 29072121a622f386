import type { Patch, Shape } from "../types/shape.ts";
import { merged } from "./merge.ts";

/**
 * A shape with a patch on it, as the server will make it: a text that another one has replaced since the patch's `base` is merged
 * with that.
 */
export function patched<S extends Shape>(shape: S, patch: Patch): S {
  const { base, caret, ...fields } = patch as Record<string, any>;
  const name = "text" in fields ? "text" : "alt";
  if (base !== undefined && name in shape && name in fields)
    fields[name] = merged(base, (shape as any)[name], fields[name]);
  return { ...shape, ...fields };
}
