/** What Shift does to a direction. */

/** A twenty-fourth of a turn, 15°. */
export const STEP = Math.PI / 12;

/** The place nearest to x, y that is seen from the origin at a whole number of steps. */
export function straight(x: number, y: number, step: number = STEP): [number, number] {
  const angle = Math.round(Math.atan2(y, x) / step) * step;
  const along = x * Math.cos(angle) + y * Math.sin(angle);
  return [along * Math.cos(angle), along * Math.sin(angle)];
}
