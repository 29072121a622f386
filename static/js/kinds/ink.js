// @ts-check
/** Ink whose width follows the pressure. The same as app/geometry/ink.py. */

/** @param {number} width px @returns {number} px from a point to the edge of the ink, at full pressure */
export function mostRadius(width) {
  return 0.75 * width;
}

/** @param {number[]} tenths @param {number[]} pressures @param {number} width px @param {{ x: number, y: number }} origin */
export function outlinePath(tenths, pressures, width, origin) {
  return `M${origin.x + tenths[0]} ${origin.y + tenths[1] + pressures[0] + width}`;
}
