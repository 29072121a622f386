import { onKey } from "../ground/keydown.ts";
import { nameOf } from "../kinds/names.ts";
import { inReadingOrder } from "../kinds/reading.ts";
import type { Page } from "../page.ts";
import { announce } from "../site/announcer.ts";

/**
 * Tab and Shift+Tab go from shape to shape while the board has the focus, and past the last or the first on to the page.
 * Escape with nothing selected lets the next Tab leave at once: ten thousand strokes are no trap.
 */
export class Walk {
  #page;
  /** Ids in reading order, until a shape changes. */
  #order: string[] | null = null;
  #leaving = false;
  #at = "";

  constructor(canvas: HTMLElement, page: Page) {
    this.#page = page;
    const { board } = page;
    board.shapes.onChange(() => (this.#order = null));
    canvas.addEventListener("focus", () => (this.#leaving = false));
    canvas.addEventListener("pointerdown", () => (this.#leaving = false));
    onKey(canvas, (event) => {
      if (event.target !== canvas || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === "Escape") this.#leaving = !board.selection.ids.size;
      else if (event.key === "Tab" && !this.#leaving && this.#step(event.shiftKey ? -1 : 1)) event.preventDefault();
    });
  }

  /** @returns whether there was another */
  #step(direction: 1 | -1): boolean {
    const { selection, shapes } = this.#page.board;
    const order = (this.#order ??= this.#read());
    const here = selection.ids.has(this.#at) ? order.indexOf(this.#at) : order.findIndex((id) => selection.ids.has(id));
    let next = here < 0 && direction < 0 ? -1 : here + direction;
    while (order[next] && selection.ids.has(order[next])) next += direction; // the rest of a group
    const shape = order[next] ? shapes.get(order[next]) : undefined;
    if (!shape) {
      selection.clear();
      return false;
    }
    this.#at = shape.id;
    this.#page.hand.tool("select");
    selection.set([shape.id]);
    this.#page.board.show([...selection.ids]);
    announce(
      `${nameOf(shape)}${shape.locked ? `, locked${shape.locked === "owner" ? " by the owner" : ""}` : ""}, ${next + 1} of ${order.length}${this.#page.everything ? " that are loaded" : ""}`,
    );
    return true;
  }

  #read() {
    const { shapes } = this.#page.board;
    const things = shapes.ordered().flatMap((id) => {
      const box = shapes.bounds([id]);
      return box ? [{ id, box }] : [];
    });
    return inReadingOrder(things).map(({ id }) => id);
  }
}
