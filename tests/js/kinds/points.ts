/** Points of strokes for tests: flat, in tenths of a px. */

/** As the fixture and the server keep them. @returns first pair as it is, then differences: "0 0 12 -3" */
export function pack(points: number[]): string {
  return points.map((value, i) => (i < 2 ? value : value - points[i - 2])).join(" ");
}

export function unpack(packed: string): number[] {
  const points = packed.split(" ").map(Number);
  for (let i = 2; i < points.length; i++) points[i] += points[i - 2];
  return points;
}

/** A wandering line, the same for the same seed. @param bend of a turn at a point, in radians */
export function wander(seed: number, count: number, step: number, bend: number) {
  const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
  let [x, y, angle] = [0, 0, 0];
  const points = [0, 0];
  for (let i = 1; i < count; i++) {
    angle += (random() - 0.5) * bend;
    x += step * Math.cos(angle);
    y += step * Math.sin(angle);
    points.push(Math.round(x), Math.round(y));
  }
  return points;
}

/** Places on the drawn curve: its midpoints, its ends, and between them those at each `t`. */
export function* placesOn(points: number[], ts: number[]) {
  yield points.slice(0, 2);
  for (let i = 2; i < points.length; i += 2) {
    const middle = [0, 1].map((axis) => (points[i - 2 + axis] + points[i + axis]) / 2);
    yield middle;
    if (i + 2 >= points.length) break;
    for (const t of ts) {
      yield [0, 1].map((axis) => {
        const [a, b, c] = [middle[axis], points[i + axis], (points[i + axis] + points[i + 2 + axis]) / 2];
        return (1 - t) ** 2 * a + 2 * t * (1 - t) * b + t ** 2 * c;
      });
    }
  }
  yield points.slice(-2);
}
