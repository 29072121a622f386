// @ts-check
// Figures are high enough for what is written in them.
import { heightNeeded } from "./kinds/room.js";

/** @import { Box, Patch, Shape } from "./types.js" */

/** These fields and, if another text or size needs it, another height. @param {Shape} shape as it is @param {Patch} fields @returns {Patch} */
export function fitted(shape, fields) {
  if (!("radius" in shape) || !("text" in fields || "size" in fields)) return fields;
  const needed = heightNeeded({ ...shape, .../** @type {Partial<typeof shape>} */ (fields) });
  return needed > shape.h ? { ...fields, h: needed } : fields;
}

/** A box that a shape is to have, with room for its label. @param {Shape} shape @param {Box} to `top` may be below `bottom` @param {number} above the part of what it lacks that is added at the top @returns {Box} */
export function roomy(shape, to, above) {
  if (!("radius" in shape) || !shape.text) return to;
  const height = to.bottom - to.top;
  const needed = heightNeeded({ ...shape, w: Math.abs(to.right - to.left) });
  const lacking = Math.max(0, needed - Math.abs(height)) * (height < 0 ? -1 : 1);
  return { ...to, top: to.top - lacking * above, bottom: to.bottom + lacking * (1 - above) };
}
