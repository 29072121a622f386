import { focusBoard } from "../ground/focus.ts";
import type { Page } from "../page.ts";
import { announce } from "../site/announcer.ts";
import { toast } from "../site/toast.ts";
import type { Box } from "../types/shape.ts";
import { Marks } from "./marks.ts";
import { search } from "./search.ts";

/** What may follow the # of a board's address: a shape's id. The list of shapes has said `shape=` before it. */
const HASH = /^#(?:shape=)?([\w-]{1,64})$/;

/** How long the shape is marked, in ms. */
const MARKED = 2_500;

/** Takes people to one shape, also to one that a large board has not loaded yet. */
export class Arrival {
  #page;
  #url;
  #marks;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** @param url of the board @param layer for the mark, in board px */
  constructor(page: Page, url: string, layer: SVGGElement) {
    this.#page = page;
    this.#url = url;
    this.#marks = new Marks(layer);
    const asked = () => {
      const id = HASH.exec(location.hash)?.[1];
      if (id && id !== "canvas") void this.at(id); // that is the way past the panels
    };
    addEventListener("hashchange", asked);
    queueMicrotask(asked); // once the page has its view
  }

  /** Flies to the shape, selects it if it is loaded, and marks it for a moment. */
  async at(id: string) {
    const { board, hand } = this.#page;
    const here = board.shapes.bounds([id]);
    const [match] = here ? [] : ((await search(this.#url, { shape: id }))?.matches ?? []);
    const box = here ?? match?.box;
    if (!box) return toast("info", "This shape is not on the board any more.");
    hand.tool("select");
    if (here) board.selection.set([id]);
    else announce(match?.name ?? "");
    board.camera.visit(box);
    this.#mark(box);
    focusBoard();
  }

  #mark(box: Box) {
    clearTimeout(this.#timer);
    this.#marks.show([box], 0);
    this.#timer = setTimeout(() => this.#marks.clear(), MARKED);
  }
}
