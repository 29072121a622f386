import { onceAFrame } from "../ground/frame.ts";
import { isFigure } from "../kinds/declared.ts";
import { corners, outline } from "../kinds/hits.ts";
import { toTenths } from "../kinds/rounding.ts";
import type { Selection } from "../scene/selection.ts";
import type { Shapes } from "../scene/shapes.ts";
import { boxAround, handlesOf, placeOf, SIDES, TURNING, turningPlace } from "../select/box.ts";
import { pointsOf } from "../select/points.ts";
import type { Guide } from "../select/snap.ts";
import type { Box, Line, Shape } from "../types/shape.ts";
import type { Camera } from "./camera.ts";

/** Of more selected shapes than the first only the boxes are outlined, of more than the second nothing: it is drawn in each frame. */
const MOST_OUTLINES = 50;
const MOST_BOXES = 500;

/** Sides of drawn handles in screen px. What is hit is larger. */
const HANDLE = 9;
const COARSE_HANDLE = 14;

/**
 * What shows the selection and how it is being changed: in screen px above everything, so that a line is a px at every zoom.
 * It is drawn at most once a frame, when something that it shows has changed.
 */
export class Overlay {
  #svg;
  #shapes;
  #selection;
  #camera;
  // Where the camera was when it was drawn.
  #left = 0;
  #top = 0;
  #zoom = 1;
  #coarse = matchMedia("(pointer: coarse)");

  /** Whether the selection has handles: with the select tool, for those who may edit. */
  handles = false;
  /** Whether a gesture is under way, which handles would only be in the way of. */
  busy = false;
  marquee: Box | null = null;
  guides: Guide[] = [];
  /** How far the selection is shown from where the board has it. */
  #carried = { x: 0, y: 0 };
  /** What shows the selection, as it was drawn last, and for which view. */
  #last = { markup: "", view: "" };
  /** What an arrow's end is to be bound to. */
  target: string | null = null;

  constructor(
    svg: SVGSVGElement,
    { shapes, selection, camera }: { shapes: Shapes; selection: Selection; camera: Camera },
  ) {
    this.#svg = svg;
    this.#shapes = shapes;
    this.#selection = selection;
    this.#camera = camera;
    selection.onChange(() => this.changed());
    camera.moves.add(() => this.#svg.firstChild && this.changed());
    shapes.onChange((ids) => this.#shows(ids) && this.changed());
  }

  /** Something that it shows has changed. */
  changed = onceAFrame(() => this.#draw());

  /** The selection is on its way. @param y in board px from where the board has it */
  carry(x: number, y: number) {
    if (x === this.#carried.x && y === this.#carried.y) return;
    this.#carried = { x, y };
    this.changed();
  }

  #shows(ids: ReadonlySet<string>) {
    return [...this.#selection.ids].some((id) => ids.has(id));
  }

  #draw() {
    ({ left: this.#left, top: this.#top } = this.#camera.view());
    this.#zoom = this.#camera.zoom;
    const target = this.target === null ? undefined : this.#shapes.get(this.target);
    this.#svg.innerHTML = [
      target ? this.#path("target", [target]) : "",
      this.#marquee(),
      ...this.guides.map((guide) => this.#guide(guide)),
      this.#onItsWay(),
    ].join("");
  }

  /** What is carried looks the same as before: ten thousand shapes are not measured in each frame. */
  #onItsWay() {
    const { x, y } = this.#carried;
    const view = `${this.#left} ${this.#top} ${this.#zoom}`;
    if (!(x || y) || this.#last.view !== view) {
      const selected = [...this.#selection.ids].flatMap((id) => this.#shapes.get(id) ?? []);
      this.#last = { markup: selected.length ? this.#selected(selected) : "", view };
    }
    return x || y
      ? `<g transform="translate(${x * this.#zoom} ${y * this.#zoom})">${this.#last.markup}</g>`
      : this.#last.markup;
  }

  #selected(selected: Shape[]) {
    const { find } = this.#shapes;
    const [only] = selected;
    const locked = selected.some((shape) => shape.locked);
    const lineOnly = selected.length === 1 && "from" in only;
    const outlines = selected.length <= MOST_BOXES && !this.#isBox(selected) ? this.#path("outline", selected) : "";
    const box = boxAround(selected, find);
    if (!box || lineOnly) return outlines + (lineOnly && !locked && this.#handled ? this.#points(only) : "");
    const corners: [number, number][] = [
      [0, 0],
      [1, 0],
      [1, 1],
      [0, 1],
    ];
    const places = corners.map((at) => placeOf(box, at)).map(({ x, y }) => this.#at(x, y));
    const frame = `<path class="box${locked ? " locked" : ""}" d="M${places.map((place) => place.map(crisp).join(" ")).join("L")}z"/>`;
    if (locked || !this.#handled) return outlines + frame;
    const size = this.#coarse.matches ? COARSE_HANDLE : HANDLE;
    const degrees = (box.rotation * 180) / Math.PI;
    const handles = handlesOf(selected)
      .filter((side) => !SIDES[side].includes(0.5))
      .map((side) => {
        const { x, y } = placeOf(box, SIDES[side]);
        const [left, top] = this.#at(x, y).map(crisp);
        return `<rect class="handle" x="${left - size / 2}" y="${top - size / 2}" width="${size}" height="${size}" rx="2" transform="rotate(${degrees} ${left} ${top})"/>`;
      });
    const above = turningPlace(box, TURNING / this.#zoom);
    const turning = this.#circle("handle turning", above.x, above.y, size / 2 + 0.5);
    return outlines + frame + handles.join("") + turning;
  }

  get #handled() {
    return this.handles && !this.busy;
  }

  /** Whether the box alone shows well enough what is selected. */
  #isBox([only, ...others]: Shape[]) {
    return !others.length && (!isFigure(only.kind) || only.kind === "rectangle") && !("from" in only);
  }

  #points(line: Line) {
    const radius = (this.#coarse.matches ? COARSE_HANDLE : HANDLE) / 2 + 0.5;
    return pointsOf(line, this.#shapes.find)
      .map(({ x, y, between }) =>
        this.#circle(between ? "handle between" : "handle", x, y, between ? radius - 1.5 : radius),
      )
      .join("");
  }

  #marquee() {
    if (!this.marquee) return "";
    const [left, top] = this.#at(this.marquee.left, this.marquee.top).map(crisp);
    const [right, bottom] = this.#at(this.marquee.right, this.marquee.bottom).map(crisp);
    return `<rect class="marquee" x="${left}" y="${top}" width="${right - left}" height="${bottom - top}"/>`;
  }

  #guide({ axis, at, from, to }: Guide) {
    const [x1, y1] = (axis === "x" ? this.#at(at, from) : this.#at(from, at)).map(crisp);
    const [x2, y2] = (axis === "x" ? this.#at(at, to) : this.#at(to, at)).map(crisp);
    return `<path class="guide" d="M${x1} ${y1}L${x2} ${y2}"/>`;
  }

  /** @param y on the board @param radius in screen px */
  #circle(name: string, x: number, y: number, radius: number) {
    const [cx, cy] = this.#at(x, y);
    return `<circle class="${name}" cx="${cx}" cy="${cy}" r="${radius}"/>`;
  }

  #path(name: string, shapes: Shape[]) {
    const d = shapes.map((shape) => {
      const line =
        shapes.length > MOST_OUTLINES ? corners(shape, this.#shapes.find) : outline(shape, this.#shapes.find);
      let part = "";
      for (let i = 0; i < line.length; i += 2) {
        const [x, y] = this.#at(line[i], line[i + 1]);
        part += `${i ? "L" : "M"}${toTenths(x)} ${toTenths(y)}`;
      }
      return part;
    });
    return `<path class="${name}" d="${d.join("")}"/>`;
  }

  /** A place of the board in the window. */
  #at(x: number, y: number): [number, number] {
    return [(x - this.#left) * this.#zoom, (y - this.#top) * this.#zoom];
  }
}

/** On the middle of a px, where a line of one px is sharp. */
function crisp(px: number) {
  return Math.floor(px) + 0.5;
}
