// Figures are high enough for what is written in them.

import type { Box, Patch, Shape } from "../types/shape.ts";
import { heightNeeded } from "./room.ts";

/** These fields and, if another text or size needs it, another height. @param shape as it is */
export function fitted(shape: Shape, fields: Patch): Patch {
  if (!("radius" in shape) || !("text" in fields || "size" in fields)) return fields;
  const needed = heightNeeded({ ...shape, ...(fields as Partial<typeof shape>) });
  return needed > shape.h ? { ...fields, h: needed } : fields;
}

/** A box that a shape is to have, with room for its label. @param to `top` may be below `bottom` @param above the part of what it lacks that is added at the top */
export function roomy(shape: Shape, to: Box, above: number): Box {
  if (!("radius" in shape) || !shape.text) return to;
  const height = to.bottom - to.top;
  const needed = heightNeeded({ ...shape, w: Math.abs(to.right - to.left) });
  const lacking = Math.max(0, needed - Math.abs(height)) * (height < 0 ? -1 : 1);
  return { ...to, top: to.top - lacking * above, bottom: to.bottom + lacking * (1 - above) };
}
