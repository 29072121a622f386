// @ts-check
import { merged } from "./merge.js";

/** @import { Patch, Shape } from "../types.js" */

/**
 * A shape with a patch on it, as the server will make it: a text that another one has replaced since the patch's `base` is merged
 * with that. @template {Shape} S @param {S} shape @param {Patch} patch @returns {S}
 */
export function patched(shape, patch) {
  const { base, caret, ...fields } = /** @type {Record<string, any>} */ (patch);
  const name = "text" in fields ? "text" : "alt";
  if (base !== undefined && name in shape && name in fields) fields[name] = merged(base, /** @type {any} */ (shape)[name], fields[name]);
  return { ...shape, ...fields };
}
