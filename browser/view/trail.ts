/** A laser's trail, one's own or somebody else's: bright where the pointer is, and gone a second later. Never stored. */
import { toHundredths } from "../kinds/rounding.ts";
import { svgElement } from "../kinds/svg-element.ts";

/** How long a place of the trail is seen, in ms. */
const LIFE = 1_100;

/** Half of its width at the pointer, in screen px. */
const RADIUS = 3.5;

/** In board px, and ms of performance.now() */
type TrailPoint = { x: number; y: number; time: number };

export class Trail {
  #parent;
  #path = svgElement("path", { class: "laser" });
  #zoom;
  #points: TrailPoint[] = [];
  #held = true;
  #frame = 0;

  /** @param parent an SVG group in board px */
  constructor(parent: Element, zoom: () => number) {
    this.#parent = parent;
    this.#zoom = zoom;
  }

  /** The pointer is here now. */
  to(x: number, y: number) {
    this.#points.push({ x, y, time: performance.now() });
    if (!this.#path.isConnected) this.#parent.append(this.#path);
    this.#frame ||= requestAnimationFrame(() => this.#draw());
  }

  /** The pointer was lifted: the rest fades too. */
  lift() {
    this.#held = false;
  }

  remove() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#points = [];
    this.#path.remove();
  }

  #draw() {
    this.#frame = 0;
    const now = performance.now();
    const head = this.#points[this.#points.length - 1];
    if (this.#held) head.time = now;
    this.#points = this.#points.filter(({ time }) => now - time < LIFE);
    if (!this.#points.length) return this.remove();
    this.#path.setAttribute(
      "d",
      outline(this.#points, (time) => (RADIUS / this.#zoom()) * (1 - (now - time) / LIFE)),
    );
    this.#frame = requestAnimationFrame(() => this.#draw());
  }
}

/** A polygon along the points, and a dot at the last, which goes round the same way: else they would cut each other out. */
function outline(points: TrailPoint[], radius: (time: number) => number) {
  const sides = points.map(({ x, y, time }, i) => {
    const before = points[Math.max(i - 1, 0)];
    const after = points[Math.min(i + 1, points.length - 1)];
    const length = Math.hypot(after.x - before.x, after.y - before.y) || 1;
    const wide = radius(time) / length;
    return [x, y, wide * (after.y - before.y), wide * (before.x - after.x)];
  });
  const left = sides.map(([x, y, dx, dy]) => `${toHundredths(x + dx)} ${toHundredths(y + dy)}`);
  const right = sides.map(([x, y, dx, dy]) => `${toHundredths(x - dx)} ${toHundredths(y - dy)}`).reverse();
  const { x, y, time } = points[points.length - 1];
  const r = toHundredths(radius(time));
  return `M${[...left, ...right].join("L")}ZM${toHundredths(x - radius(time))} ${toHundredths(y)}a${r} ${r} 0 1 1 ${toHundredths(2 * radius(time))} 0a${r} ${r} 0 1 1 ${toHundredths(-2 * radius(time))} 0Z`;
}
