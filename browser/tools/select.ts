import { kindOf } from "../kinds/index.ts";
import type { Page } from "../page.ts";
import { Bend } from "../select/bend.ts";
import { boxAround, contains, cursorOf, handleAt, handlesOf, TURNING, turningPlace } from "../select/box.ts";
import { Marquee } from "../select/marquee.ts";
import { Move } from "../select/move.ts";
import { pointsOf } from "../select/points.ts";
import { Resize } from "../select/resize.ts";
import { Rotate } from "../select/rotate.ts";
import type { Change } from "../types/change.ts";
import type { Shape } from "../types/shape.ts";
import type { Sample, Tool } from "../types/tool.ts";

/** How near to a shape a click counts, in screen px. */
const MARGIN = 8;

/** How near to a handle, in screen px. */
const REACH = { mouse: 12, touch: 20 };

type Gesture = { move(sample: Sample): void; release(): void; cancel(): void };
/** What a press on a handle would begin */
type Grip = { cursor: string; begin: () => Gesture };

/**
 * Selects and transforms. A press on a handle of the selection begins that; on a shape, it selects it and a drag moves the
 * selection; anywhere else a drag selects with a marquee.
 */
export class Select implements Tool {
  name = "select";
  patient = true;

  #board;
  #hand;
  #page;
  /** What a drag begins. */
  #begin: (() => Gesture) | null = null;
  /** What a press without a drag does. */
  #click: () => void = () => {};
  #gesture: Gesture | null = null;
  /** What was selected before the press that is under way. */
  #before: string[] | null = null;

  constructor(page: Page) {
    this.#board = page.board;
    this.#hand = page.hand;
    this.#page = page;
  }

  press(sample: Sample, pointerType: string) {
    const { selection, mayEdit } = this.#board;
    const grip = this.#grip(sample, pointerType);
    const id = this.#hit(sample);
    this.#before = [...selection.ids];
    this.#click = () => {};
    this.#begin = mayEdit ? () => new Move(this.#board, this.#hand, sample) : null;
    if (grip) {
      this.#begin = grip.begin;
      if (id !== undefined) this.#click = () => (sample.shift ? selection.toggle(id) : selection.set([id]));
    } else if (id !== undefined) this.#pressOn(id, sample.shift);
    else if (!sample.shift && this.#inSelection(sample)) this.#click = () => selection.clear();
    else {
      if (!sample.shift) this.#click = () => selection.clear();
      this.#begin = () => new Marquee(this.#board, this.#hand, sample);
    }
  }

  move(samples: Sample[]) {
    this.#gesture ??= this.#begin?.() ?? null;
    if (this.#gesture) this.#hand.overlay.busy = true;
    this.#gesture?.move(samples[samples.length - 1]);
  }

  release(): Change | null {
    if (this.#gesture) this.#gesture.release();
    else this.#click();
    this.#end();
    return null;
  }

  cancel() {
    const { selection } = this.#board;
    const any = this.#gesture !== null || selection.ids.size > 0;
    if (this.#gesture) this.#gesture.cancel();
    else if (this.#before)
      selection.set(this.#before); // a second finger has made it a pinch
    else selection.clear();
    this.#end();
    return any;
  }

  hover(sample: Sample, pointerType: string) {
    const grip = this.#grip(sample, pointerType);
    if (grip) return grip.cursor;
    return this.#board.mayEdit && (this.#hit(sample) !== undefined || this.#inSelection(sample)) ? "move" : "default";
  }

  /** Into a group, or into the text of a shape. */
  double(sample: Sample) {
    const { selection, shapes, mayEdit } = this.#board;
    const id = this.#hit(sample);
    const group = id === undefined ? "" : shapes.get(id)?.group;
    if (id !== undefined && group && group !== selection.entered) selection.enter(id);
    else if (mayEdit) this.#page.edit({ id, x: sample.x, y: sample.y });
  }

  leave() {
    this.#gesture?.cancel();
    this.#board.selection.clear();
    this.#end();
  }

  #end() {
    this.#gesture = this.#begin = this.#before = null;
    this.#hand.overlay.busy = false;
    this.#hand.overlay.changed();
  }

  #pressOn(id: string, shift: boolean) {
    const { selection } = this.#board;
    const selected = selection.ids.has(id);
    if (selected) this.#click = () => (shift ? selection.toggle(id) : selection.set([id]));
    else if (shift) selection.add([id]);
    else selection.set([id]);
  }

  /** The topmost shape there that is not locked. */
  #hit({ x, y }: Sample) {
    const { shapes, camera } = this.#board;
    return shapes.at(x, y, MARGIN / camera.zoom).find((id) => !shapes.get(id)?.locked);
  }

  #selected() {
    const { selection, shapes } = this.#board;
    return shapes.sorted(selection.ids).flatMap((id) => shapes.get(id) ?? []);
  }

  /** Whether a drag from there moves the selection: a box that is empty inside may be taken there once it is selected. */
  #inSelection({ x, y }: Sample) {
    const selected = this.#selected();
    const line = selected.length === 1 && kindOf(selected[0]).resizing === "ends";
    const box = line || selected.some((shape) => shape.locked) ? null : boxAround(selected, this.#board.shapes.find);
    return box !== null && contains(box, x, y);
  }

  #grip(sample: Sample, pointerType: string): Grip | null {
    const selected = this.#selected();
    if (!this.#board.mayEdit || !selected.length || selected.some((shape) => shape.locked)) return null;
    const reach = (pointerType === "touch" ? REACH.touch : REACH.mouse) / this.#board.camera.zoom;
    const [only] = selected;
    if (selected.length === 1 && "from" in only) {
      const handle = pointsOf(only, this.#board.shapes.find).find(
        ({ x, y }) => Math.hypot(sample.x - x, sample.y - y) <= reach,
      );
      return handle ? { cursor: "crosshair", begin: () => new Bend(this.#board, this.#hand, only, handle) } : null;
    }
    return this.#gripOfBox(selected, sample, reach);
  }

  #gripOfBox(selected: Shape[], sample: Sample, reach: number): Grip | null {
    const box = boxAround(selected, this.#board.shapes.find);
    if (!box) return null;
    const turning = turningPlace(box, TURNING / this.#board.camera.zoom);
    if (Math.hypot(sample.x - turning.x, sample.y - turning.y) <= reach)
      return { cursor: "grab", begin: () => new Rotate(this.#board, this.#hand, sample, selected) };
    const side = handleAt(box, handlesOf(selected), sample.x, sample.y, reach);
    return (
      side && {
        cursor: cursorOf(side, box.rotation),
        begin: () => new Resize(this.#board, this.#hand, sample, side, selected),
      }
    );
  }
}
