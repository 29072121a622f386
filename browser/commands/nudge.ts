import { allowed, ENDS_HERE } from "../kinds/world.ts";
import type { Page } from "../page.ts";
import { free, patch, someFree, withContents } from "../select/selected.ts";
import { moved } from "../select/transforms.ts";
import { toast } from "../site/toast.ts";
import type { Box, Shape } from "../types/shape.ts";
import type { Command } from "./command.ts";

/** One press, and one with Shift, in board px. */
const STEP = 1;
const LEAP = 10;

/** What ends a run of presses. */
const ENDS = ["keyup", "blur", "pointerdown"];

/** A key that is held moves the selection while it is down; that is one change, and one step of undo, when it comes up. */
class Run {
  #board;
  #hand;
  /** As they were. */
  #shapes: Shape[];
  #box: Box | null;
  #dx = 0;
  #dy = 0;

  constructor({ board, hand }: Page) {
    this.#board = board;
    this.#hand = hand;
    this.#shapes = withContents(board, free(board));
    this.#box = board.shapes.bounds(this.#shapes.map(({ id }) => id));
    for (const name of ENDS) addEventListener(name, this, true);
  }

  move(dx: number, dy: number) {
    const [x, y] = [this.#dx + dx, this.#dy + dy];
    [this.#dx, this.#dy] = this.#box ? allowed(this.#box, x, y) : [x, y];
    if (this.#dx !== x || this.#dy !== y) toast("info", ENDS_HERE);
    this.#hand.carry(this.#moved(), this.#dx, this.#dy);
  }

  handleEvent() {
    for (const name of ENDS) removeEventListener(name, this, true);
    run = null;
    this.#hand.preview(new Map());
    patch(this.#board, this.#moved());
  }

  #moved() {
    const { shapes } = this.#board;
    const left = this.#shapes.filter(({ id }) => shapes.has(id));
    const asTheyWere = new Map(left.map((shape) => [shape.id, shape]));
    return moved(left, this.#dx, this.#dy, (id) => asTheyWere.get(id) ?? shapes.get(id));
  }
}

let run: Run | null = null;

const WAYS: [string, string, number, number][] = [
  ["left", "ArrowLeft", -1, 0],
  ["right", "ArrowRight", 1, 0],
  ["up", "ArrowUp", 0, -1],
  ["down", "ArrowDown", 0, 1],
];

export const nudge: Command[] = WAYS.flatMap(([way, key, dx, dy]) =>
  [
    { id: `nudge-${way}`, title: `Nudge ${way}`, keys: [key], by: STEP },
    { id: `leap-${way}`, title: `Move ${way} by ${LEAP}`, keys: [`Shift+${key}`], by: LEAP },
  ].map(({ by, ...command }) => ({
    ...command,
    kind: "",
    writes: true,
    quiet: true,
    when: ({ board }: Page) => someFree(board),
    run: (page: Page) => (run ??= new Run(page)).move(dx * by, dy * by),
  })),
);
