/** Where the drawn curve of a stroke runs: how far it is from a place, and how few points draw it. Units as in kinds/geometry.ts. */

/** From (x, y) to the drawn curve, in the points' unit. */
export function distance(points: number[], x: number, y: number) {
  const every = Array.from({ length: points.length / 2 }, (_, i) => i);
  return distanceToLine(flatten(points, every, 0, every.length - 1, 1), x, y);
}

/**
 * As few of the points as draw the same curve within `tolerance`: Ramer, Douglas and Peucker's method, but measured
 * against the smooth path that will be drawn. Against the chords it would keep only the corners, and the path cuts those.
 * @param tolerance in the points' unit
 */
export function simplify(points: number[], tolerance: number): number[] {
  const last = points.length / 2 - 1;
  if (last < 2) return points;
  const keep = new Uint8Array(last + 1);
  keep[0] = keep[last] = 1;
  for (let added = true; added; ) {
    added = false;
    const kept = indexes(keep);
    for (let leg = 0; leg + 1 < kept.length; leg++) {
      const worst = worstBetween(points, kept, leg, tolerance);
      if (worst < 0) continue;
      for (const i of nearestDropped(keep, kept[leg], kept[leg + 1], worst)) {
        keep[i] = 1;
        added = true;
      }
    }
  }
  return indexes(keep).flatMap((i) => [points[2 * i], points[2 * i + 1]]);
}

function indexes(keep: Uint8Array) {
  const kept = [];
  for (let i = 0; i < keep.length; i++) if (keep[i]) kept.push(i);
  return kept;
}

/**
 * The index (a half is a midpoint) in the leg whose place on the full curve is farthest from the kept points' curve, or -1
 * when none is farther than the tolerance.
 */
function worstBetween(points: number[], kept: number[], leg: number, tolerance: number) {
  const line = flatten(points, kept, leg, leg + 1, tolerance / 4);
  let worst = -1;
  let farthest = tolerance;
  const measure = (index: number, x: number, y: number) => {
    const far = distanceToLine(line, x, y);
    if (far > farthest) {
      farthest = far;
      worst = index;
    }
  };
  for (let i = kept[leg]; i < kept[leg + 1]; i++) {
    const x = points[2 * i];
    const y = points[2 * i + 1];
    const nextX = points[2 * i + 2];
    const nextY = points[2 * i + 3];
    if (i > 0) measure(i, (points[2 * i - 2] + 6 * x + nextX) / 8, (points[2 * i - 1] + 6 * y + nextY) / 8);
    measure(i + 0.5, (x + nextX) / 2, (y + nextY) / 2);
  }
  return worst;
}

/**
 * Which points to keep next: the dropped one between a and b nearest to `worst`, or, when none is left there, the
 * neighbours outside, since the curve near a and b hangs on them too.
 */
function nearestDropped(keep: Uint8Array, a: number, b: number, worst: number) {
  if (b - a > 1) return [Math.min(Math.max(Math.round(worst), a + 1), b - 1)];
  return [a - 1, b + 1].filter((i) => i >= 0 && i < keep.length && !keep[i]);
}

/** The curve of the kept points around kept[from] … kept[to], as a polyline at most `error` off it. */
function flatten(points: number[], kept: number[], from: number, to: number, error: number) {
  const end = kept.length - 1;
  const x = (k: number) => points[2 * kept[k]];
  const y = (k: number) => points[2 * kept[k] + 1];
  const line = from === 0 ? [x(0), y(0)] : [(x(from - 1) + x(from)) / 2, (y(from - 1) + y(from)) / 2];
  for (let k = Math.max(from, 1); k <= Math.min(to, end - 1); k++) {
    const startX = (x(k - 1) + x(k)) / 2;
    const startY = (y(k - 1) + y(k)) / 2;
    const endX = (x(k) + x(k + 1)) / 2;
    const endY = (y(k) + y(k + 1)) / 2;
    const bend = Math.hypot(startX - 2 * x(k) + endX, startY - 2 * y(k) + endY);
    const pieces = Math.min(32, Math.max(1, Math.ceil(Math.sqrt(bend / (4 * error)))));
    if (k === 1) line.push(startX, startY);
    for (let piece = 1; piece <= pieces; piece++) {
      const t = piece / pieces;
      const s = 1 - t;
      line.push(s * s * startX + 2 * s * t * x(k) + t * t * endX, s * s * startY + 2 * s * t * y(k) + t * t * endY);
    }
  }
  if (to === end) line.push(x(end), y(end));
  return line;
}

/** From (x, y) to a polyline. */
export function distanceToLine(line: number[], x: number, y: number) {
  let nearest = Infinity;
  for (let i = 0; i < line.length; i += 2) {
    const fromX = line[Math.max(i - 2, 0)];
    const fromY = line[Math.max(i - 2, 0) + 1];
    const dx = line[i] - fromX;
    const dy = line[i + 1] - fromY;
    const length = dx * dx + dy * dy;
    const along = length ? Math.min(1, Math.max(0, ((x - fromX) * dx + (y - fromY) * dy) / length)) : 0;
    const offX = x - fromX - along * dx;
    const offY = y - fromY - along * dy;
    nearest = Math.min(nearest, offX * offX + offY * offY);
  }
  return Math.sqrt(nearest);
}
