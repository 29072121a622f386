// @ts-check
import { moved } from "../select/place.js";
import { allowed, ENDS_HERE } from "../world.js";
import { free, patch, someFree, withContents } from "./selected.js";

/** @import { Command } from "../commands.js" */
/** @import { Editor } from "../editor.js" */
/** @import { Box, Shape } from "../types.js" */

/** One press, and one with Shift, in board px. */
const STEP = 1;
const LEAP = 10;

/** What ends a run of presses. */
const ENDS = ["keyup", "blur", "pointerdown"];

/** A key that is held moves the selection while it is down; that is one change, and one step of undo, when it comes up. */
class Run {
  #editor;
  /** As they were. @type {Shape[]} */
  #shapes;
  /** @type {Box | null} */
  #box;
  #dx = 0;
  #dy = 0;

  /** @param {Editor} editor */
  constructor(editor) {
    this.#editor = editor;
    this.#shapes = withContents(editor, free(editor));
    this.#box = editor.shapes.bounds(this.#shapes.map(({ id }) => id));
    for (const name of ENDS) addEventListener(name, this, true);
  }

  /** @param {number} dx @param {number} dy */
  move(dx, dy) {
    const [x, y] = [this.#dx + dx, this.#dy + dy];
    [this.#dx, this.#dy] = this.#box ? allowed(this.#box, x, y) : [x, y];
    if (this.#dx !== x || this.#dy !== y) this.#editor.toast("info", ENDS_HERE);
    this.#editor.carry(this.#moved(), this.#dx, this.#dy);
  }

  handleEvent() {
    for (const name of ENDS) removeEventListener(name, this, true);
    run = null;
    this.#editor.preview(new Map());
    patch(this.#editor, this.#moved());
  }

  #moved() {
    const { shapes } = this.#editor;
    const left = this.#shapes.filter(({ id }) => shapes.has(id));
    const asTheyWere = new Map(left.map((shape) => [shape.id, shape]));
    return moved(left, this.#dx, this.#dy, (id) => asTheyWere.get(id) ?? shapes.get(id));
  }
}

/** @type {Run | null} */
let run = null;

/** @type {[string, string, number, number][]} */
const WAYS = [
  ["left", "ArrowLeft", -1, 0],
  ["right", "ArrowRight", 1, 0],
  ["up", "ArrowUp", 0, -1],
  ["down", "ArrowDown", 0, 1],
];

/** @type {Command[]} */
export const nudge = WAYS.flatMap(([way, key, dx, dy]) =>
  [
    { id: `nudge-${way}`, title: `Nudge ${way}`, keys: [key], by: STEP },
    { id: `leap-${way}`, title: `Move ${way} by ${LEAP}`, keys: [`Shift+${key}`], by: LEAP },
  ].map(({ by, ...command }) => ({
    ...command,
    kind: "",
    writes: true,
    quiet: true,
    when: someFree,
    run: (/** @type {Editor} */ editor) => (run ??= new Run(editor)).move(dx * by, dy * by),
  })),
);
