import type { Board } from "../board.ts";
import { widened } from "../kinds/boxes.ts";
import { overlaps } from "../kinds/geometry.ts";
import { source } from "../kinds/image.ts";
import type { Box, Image } from "../types/shape.ts";

/** The variants that the server makes, by the longest side in px; null is the whole picture. */
const SIDES = [256, 1024, null];

/** The view must rest so long before anything is asked for, in ms. */
const REST = 120;

/** Pictures as far out of sight as this part of the window are had already. */
const MARGIN = 0.5;

/**
 * Which variant of each picture is on the page: the smallest that is sharp at the present zoom, and none of a picture that has
 * not been near the window. What is here stays: a larger one replaces it only when it has come.
 */
export class Detail {
  #board;
  #group;
  /** Ids of images */
  #images: Set<string> = new Set();
  /** What is here of a file: the variant's place in SIDES and its address. */
  #here: Map<string, { rank: number; url: string }> = new Map();
  /** Addresses that are being had */
  #coming: Set<string> = new Set();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(board: Board, group: SVGGElement) {
    this.#board = board;
    this.#group = group;
    board.shapes.onChange((ids) => this.#changed(ids));
    for (const image of group.querySelectorAll(":scope > g > image, :scope > g > svg > image, :scope > g > g image")) {
      const id = image.closest("#shapes > g")?.id;
      if (id) this.#images.add(id);
    }
    addEventListener("beforeprint", () => this.#all(Infinity));
    this.#all();
  }

  /** The camera has moved. */
  moved() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#all(), REST);
  }

  /** This page has the whole of a file already: it sent it. */
  know(file: string, url: string) {
    this.#here.set(file, { rank: SIDES.length, url });
  }

  #changed(ids: ReadonlySet<string>) {
    const view = this.#near();
    for (const id of ids) {
      if (this.#board.shapes.get(id)?.kind === "image") {
        this.#images.add(id);
        this.#show(id, view);
      } else this.#images.delete(id);
    }
  }

  #all(margin = MARGIN) {
    const view = this.#near(margin);
    for (const id of this.#images) this.#show(id, view);
  }

  #show(id: string, view: Box) {
    const shape = this.#board.shapes.get(id);
    const image = this.#group.querySelector(`#${CSS.escape(id)} image`);
    if (shape?.kind !== "image" || !image || source.local.has(shape.file)) return;
    const here = this.#here.get(shape.file);
    const box = this.#board.shapes.bounds([id]);
    const near = box && overlaps(box, view);
    if (here) point(image, here.url);
    else if (!near) image.removeAttribute("href");
    if (near) this.#want(shape, image);
  }

  #want(shape: Image, image: Element) {
    const { file } = shape;
    const rank = this.#rank(shape);
    const here = this.#here.get(file);
    const url = address(file, rank);
    if ((here && here.rank >= rank) || this.#coming.has(url)) return;
    if (!here) point(image, url); // something is better than nothing
    this.#coming.add(url);
    const ahead = new window.Image();
    ahead.src = url;
    ahead.decode().then(
      () => {
        this.#coming.delete(url);
        if ((this.#here.get(file)?.rank ?? -1) < rank) this.#here.set(file, { rank, url });
        this.#all();
      },
      () => this.#coming.delete(url),
    );
  }

  /** The place in SIDES of what is sharp enough. */
  #rank({ w, h, crop }: Image) {
    const [left, top, right, bottom] = crop ?? [0, 0, 1, 1];
    const side = Math.max(w / (right - left), h / (bottom - top)) * this.#board.camera.zoom * devicePixelRatio;
    return SIDES.findIndex((most) => most === null || side <= 1.1 * most);
  }

  /** @returns what is seen, and around it */
  #near(margin = MARGIN): Box {
    return widened(this.#board.camera.view(), margin);
  }
}

function address(file: string, rank: number) {
  const side = SIDES[rank];
  return `${source.images}${file}${side ? `?size=${side}` : ""}`;
}

function point(image: Element, url: string) {
  if (image.getAttribute("href") !== url) image.setAttribute("href", url);
}
