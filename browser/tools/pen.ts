import { newId } from "../ground/identifiers.ts";
import { Freehand } from "../ink/freehand.ts";
import { UNKNOWN } from "../ink/pressure.ts";
import type { Wet } from "../ink/wet.ts";
import { complete } from "../kinds/defaults.ts";
import type { Page } from "../page.ts";
import type { Style } from "../types/style.ts";
import type { Sample, Tool } from "../types/tool.ts";

/** How much wider ink is at full pressure than at none, to one side, in tenths for each px of width: see kinds/ink.ts. */
const REACH = 6;

/** Freehand ink. */
export class Pen implements Tool {
  name = "pen";

  #board;
  #hand;
  /** `id` is that of the shape that it becomes, or of the first. */
  #stroke: { id: string; line: Freehand; wet: Wet; ink: Style } | null = null;
  #predicted: Sample[] = [];
  #frame = 0;
  /** Whether the pen says how hard it is pressed: many only ever say one number. Null until it has said something. */
  #knowsPressure: boolean | null = null;
  /** What the pen in hand said first; null for another pointer. */
  #said: number | null = null;

  constructor({ board, hand }: Page) {
    this.#board = board;
    this.#hand = hand;
  }

  /** What it draws like. */
  ink(style: Style): Style {
    return style;
  }

  press(sample: Sample, pointerType: string) {
    const { camera } = this.#board;
    const { style } = this.#hand;
    const ink = this.ink(style);
    this.#said = pointerType === "pen" ? sample.pressure : null;
    this.#hear(sample);
    const real = pointerType === "pen" && this.#knowsPressure !== false;
    const pressure =
      ink.pressure === "never" ? "none" : real ? "real" : ink.pressure === "always" ? "simulated" : "none";
    const line = new Freehand(sample, { zoom: camera.zoom, pointerType, smoothing: ink.smoothing, pressure });
    this.#stroke = { id: newId(), line, wet: this.#hand.wet(line.x, line.y, ink), ink };
    this.#draw();
  }

  move(samples: Sample[], predicted: Sample[]) {
    for (const sample of samples) {
      this.#hear(sample);
      this.#stroke?.line.add(sample);
    }
    this.#predicted = predicted;
    this.#frame ||= requestAnimationFrame(() => this.#draw());
  }

  release() {
    if (!this.#stroke) return null;
    const { id, line, ink } = this.#stroke;
    const { x, y } = line;
    if (this.#said !== null) this.#knowsPressure ??= false;
    if (this.#said !== null && !this.#knowsPressure && ink.pressure === "pen") line.forgetPressure();
    const lines = line.finish({ reach: REACH * ink.width, opaque: ink.opacity === 1 });
    const put = lines.map(({ points, pressures }, i) =>
      complete("stroke", i ? newId() : id, { ...ink, x, y, points: points.map((value) => value / 10), pressures }),
    );
    this.cancel();
    return { put };
  }

  cancel() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#predicted = [];
    this.#stroke?.wet.remove();
    if (this.#stroke) this.#hand.inked(null);
    this.#stroke = null;
  }

  #hear({ pressure }: Sample) {
    const tells =
      this.#said !== null &&
      ((this.#said !== UNKNOWN && this.#said !== 1) || (pressure !== this.#said && pressure !== UNKNOWN));
    if (tells) this.#knowsPressure = true;
  }

  #draw() {
    this.#frame = 0;
    if (!this.#stroke) return;
    const { id, line, ink, wet } = this.#stroke;
    wet.draw(line.shown(this.#predicted));
    const { x, y, steady } = line;
    this.#hand.inked({ ...ink, id, x, y, ...line.shown(), steady });
  }
}
