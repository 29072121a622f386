// What is pasted becomes shapes: ours or Excalidraw's as they are, text as text shapes.

import type { Board } from "../board.ts";
import { newId } from "../ground/identifiers.ts";
import type { Hand } from "../hand.ts";
import { isId, sound } from "../intake/clipping.ts";
import { shapes as converted, unknown } from "../intake/excalidraw.ts";
import type { Element } from "../intake/excalidraw-element.ts";
import { files } from "../intake/excalidraw-pictures.ts";
import { arranged } from "../intake/library.ts";
import { complete } from "../kinds/defaults.ts";
import { union } from "../kinds/geometry.ts";
import { boardBox } from "../kinds/index.ts";
import type { Page } from "../page.ts";
import { copies } from "../select/copies.ts";
import { toast } from "../site/toast.ts";
import { clean } from "../text/clean.ts";
import type { Box, Image, Shape } from "../types/shape.ts";
import { original } from "./original.ts";

/** Of one text shape; a longer text becomes several. */
const LONGEST = 5_000;

/** Wider text is broken into lines, in board px. */
const WIDEST = 600;

/** How far beside what it would cover exactly a copy lies, in screen px. */
const OFFSET = 16;

/** Where the middle goes */
type Pair = [x: number, y: number];

const UNREADABLE = "you cannot read where it was copied from, here and now";
const MISSING = "the drawing does not hold it";

/** @param from the board that they were copied from */
export function pasteShapes(page: Page, place: Pair, shapes: Shape[], from: string) {
  const own = from === document.body.dataset.board;
  const read = async (file: string) => (isId(from) && (await original(from, file))) || null;
  put(page, place, shapes, own ? null : read, UNREADABLE);
}

/** @param text that they were read from @returns whether there was any shape */
export function pasteDrawing(page: Page, place: Pair, elements: Element[], text: string): boolean {
  const shapes = converted(elements).flatMap((shape) => sound(shape) ?? []);
  const pictures = files(text);
  put(page, place, shapes, async (file) => pictures.get(file) ?? null, MISSING);
  leftOut(elements);
  return shapes.length > 0;
}

/** @returns whether there was any shape */
export function pasteLibrary(page: Page, place: Pair, items: Element[][]): boolean {
  const shapes = arranged(items);
  put(page, place, shapes, async () => null, MISSING);
  leftOut(items.flat());
  return shapes.length > 0;
}

/** @param table whether its lines are to stay whole */
export function pasteText(page: Page, place: Pair, text: string, table: boolean) {
  put(page, place, texts(text, page.hand, table), null, "");
}

/**
 * @param read gets a picture that is not a file of this board; null if all are
 * @param why there may be none
 */
function put(
  page: Page,
  place: Pair,
  found: Shape[],
  read: ((file: string) => Promise<Blob | null>) | null,
  why: string,
) {
  if (!found.length) return;
  const { board, hand, pictures } = page;
  const all = copies(found, ...way(board, found, place));
  // A picture is a file of its own board.
  const foreign = all.filter((shape) => shape.kind === "image" && read);
  const own = all.filter((shape) => !foreign.includes(shape));
  board.commit({ put: own });
  hand.tool("select");
  board.selection.set(own.map(({ id }) => id));
  if (!foreign.length || !read) return;
  const images = foreign.map((shape) => below(shape, all, own)) as Image[];
  void pictures.bring(images, read, why);
}

/** Says which kinds of shapes are not there. */
function leftOut(elements: Element[]) {
  const kinds = unknown(elements);
  if (kinds.length) toast("info", `Left out, since Easel has no such shapes: ${kinds.slice(0, 5).join(", ")}.`);
}

/** So that its middle is there, and it covers nothing exactly. */
function way({ shapes, camera }: Board, found: Shape[], [x, y]: [number, number]): [number, number] {
  const byId = new Map(found.map((shape) => [shape.id, shape]));
  let box: Box | null = null;
  for (const shape of found)
    box = union(
      box,
      boardBox(shape, (id) => byId.get(id)),
    );
  let dx = box ? Math.round(x - (box.left + box.right) / 2) : 0;
  let dy = box ? Math.round(y - (box.top + box.bottom) / 2) : 0;
  const [first] = found;
  const covers = () =>
    shapes
      .near(around(first.x + dx, first.y + dy))
      .some((shape) => shape.kind === first.kind && shape.x === first.x + dx && shape.y === first.y + dy);
  const step = Math.max(1, Math.round(OFFSET / camera.zoom));
  for (; covers(); dx += step, dy += step);
  return [dx, dy];
}

function around(x: number, y: number): Box {
  return { left: x - 1, top: y - 1, right: x + 1, bottom: y + 1 };
}

/** The shape is put later than the others: below those that lay above it. */
function below<S extends Shape>(shape: S, all: S[], put: S[]): S {
  const next = all.slice(all.indexOf(shape)).find((other) => put.includes(other));
  return next ? { ...shape, z: { below: next.id } } : shape;
}

function texts(text: string, hand: Hand, table: boolean): Shape[] {
  const letters = [
    ...clean(text)
      .replace(/^(\s*\n)+/, "")
      .trimEnd(),
  ];
  const shapes: Shape[] = [];
  for (let from = 0, y = 0; from < letters.length; from += LONGEST) {
    const part = letters.slice(from, from + LONGEST).join("");
    const shape = complete("text", newId(), { ...hand.styleOf("text"), align: "left", y, text: part });
    const { right } = boardBox(shape, () => undefined);
    shapes.push(right > WIDEST && !table ? { ...shape, w: WIDEST } : shape);
    y = boardBox(shapes[shapes.length - 1], () => undefined).bottom;
  }
  return shapes;
}
