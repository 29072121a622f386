import type { Board } from "../board.ts";
import type { Hand } from "../hand.ts";
import { roomy } from "../kinds/fitting.ts";
import { kindOf } from "../kinds/index.ts";
import type { Box, Patch, Shape } from "../types/shape.ts";
import type { Sample } from "../types/tool.ts";
import type { Side, TransformBox } from "./box.ts";
import { boxAround, localIn, placeOf, SIDES, uniform } from "./box.ts";
import { neighbours, REACH } from "./move.ts";
import { snap } from "./snap.ts";
import { resized, stretched } from "./stretch.ts";

/** A handle of the selection's box goes with the pointer. Shift keeps the ratio, or lets go of it; Alt keeps the middle. */
export class Resize {
  #board;
  #hand;
  #side;
  /** As they were. */
  #shapes: Shape[];
  #from: TransformBox;
  /** From the pointer to the handle. */
  #off;
  #neighbours: Box[];
  #patches: Map<string, Patch> = new Map();

  constructor(board: Board, hand: Hand, start: Sample, side: Side, shapes: Shape[]) {
    this.#board = board;
    this.#hand = hand;
    this.#side = side;
    this.#shapes = shapes;
    this.#from = boxAround(shapes, board.shapes.find) as TransformBox;
    const handle = placeOf(this.#from, SIDES[side]);
    this.#off = { x: handle.x - start.x, y: handle.y - start.y };
    this.#neighbours = neighbours(board, new Set(shapes.map(({ id }) => id)));
  }

  move(sample: Sample) {
    const { shapes } = this.#board;
    const { box, rotation } = this.#from;
    const ratio = this.#keepsRatio(sample.shift);
    const place = localIn(this.#from, sample.x + this.#off.x, sample.y + this.#off.y);
    this.#hand.overlay.guides = [];
    if (!ratio && !rotation && this.#hand.snaps(sample.ctrl)) this.#snap(place);
    const flips = !uniform(this.#shapes);
    const stretch = stretched(box, this.#side, place, { ratio, centred: sample.alt, flips });
    const above = sample.alt ? 0.5 : Number(SIDES[this.#side][1] === 0);
    const to = this.#shapes.length === 1 ? roomy(this.#shapes[0], stretch, above) : stretch;
    const left = this.#shapes.filter(({ id }) => shapes.has(id));
    this.#patches = resized(left, box, to, shapes.find);
    this.#hand.preview(this.#patches);
    this.#hand.overlay.changed();
  }

  release() {
    if (this.#patches.size) this.#board.commit({ patch: Object.fromEntries(this.#patches) });
    this.cancel();
  }

  cancel() {
    this.#hand.preview(new Map());
    this.#hand.overlay.guides = [];
  }

  #keepsRatio(shift: boolean) {
    if (uniform(this.#shapes)) return true;
    if (this.#shapes.length > 1) return shift;
    const { resizing } = kindOf(this.#shapes[0]);
    if (resizing === "width") return !SIDES[this.#side].includes(0.5);
    return resizing === "ratio" ? !shift : shift;
  }

  /** The sides that move, to neighbours or dots. @param place local, of a box that is not turned */
  #snap(place: { x: number; y: number }) {
    const [u, v] = SIDES[this.#side];
    const { camera } = this.#board;
    const { dotted, overlay } = this.#hand;
    const reach = REACH / camera.zoom;
    const { x, y, box } = this.#from;
    const onBoard = { left: x + box.left, top: y + box.top, right: x + box.right, bottom: y + box.bottom };
    const across = u === 0.5 ? null : snap("x", [x + place.x], onBoard, this.#neighbours, reach, dotted);
    const down = v === 0.5 ? null : snap("y", [y + place.y], onBoard, this.#neighbours, reach, dotted);
    place.x += across?.by ?? 0;
    place.y += down?.by ?? 0;
    overlay.guides = [across?.guide, down?.guide].flatMap((guide) => guide ?? []);
  }
}
