import type { Editor } from "../editor.ts";
import { onKey } from "../ground/keydown.ts";
import { nameOf } from "../kinds/names.ts";
import { inReadingOrder } from "../kinds/reading.ts";

/**
 * Tab and Shift+Tab go from shape to shape while the board has the focus, and past the last or the first on to the page.
 * Escape with nothing selected lets the next Tab leave at once: ten thousand strokes are no trap.
 */
export class Walk {
  #editor;
  /** Ids in reading order, until a shape changes. */
  #order: string[] | null = null;
  #leaving = false;
  #at = "";

  constructor(canvas: HTMLElement, editor: Editor) {
    this.#editor = editor;
    editor.shapes.onChange(() => (this.#order = null));
    canvas.addEventListener("focus", () => (this.#leaving = false));
    canvas.addEventListener("pointerdown", () => (this.#leaving = false));
    onKey(canvas, (event) => {
      if (event.target !== canvas || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key === "Escape") this.#leaving = !editor.selection.ids.size;
      else if (event.key === "Tab" && !this.#leaving && this.#step(event.shiftKey ? -1 : 1)) event.preventDefault();
    });
  }

  /** @returns whether there was another */
  #step(direction: 1 | -1): boolean {
    const { selection, shapes } = this.#editor;
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
    this.#editor.tool("select");
    selection.set([shape.id]);
    this.#editor.show([...selection.ids]);
    this.#editor.announce(
      `${nameOf(shape)}${shape.locked ? `, locked${shape.locked === "owner" ? " by the owner" : ""}` : ""}, ${next + 1} of ${order.length}${this.#editor.everything ? " that are loaded" : ""}`,
    );
    return true;
  }

  #read() {
    const { shapes } = this.#editor;
    const things = shapes.ordered().flatMap((id) => {
      const box = shapes.bounds([id]);
      return box ? [{ id, box }] : [];
    });
    return inReadingOrder(things).map(({ id }) => id);
  }
}
