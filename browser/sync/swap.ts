import type { Htmx } from "htmx.org";
import type { Drafts } from "../scene/drafts.ts";
import type { Scene } from "../scene/scene.ts";

/** Receives news of shapes from the server. */
interface Told {
  /** Changes have come, and are not on the board yet. */
  coming(message: SVGSVGElement): void;
  /** Shapes came, or went; null is all of them. Nothing has been painted since. Of a large board, which cells look different. */
  came(ids: string[] | null, cells: string[]): void;
}

/**
 * The only receiver: a swap style for htmx. A message is one `<svg data-ts>` with the shapes that changed, or with all of them
 * (`data-whole`). One that is not newer than the page is ignored, so whatever arrives twice is harmless.
 */
export class Swap {
  #scene;
  #drafts;
  #group;
  #told;
  /** The server was put back to an earlier state: all shapes follow, whatever their ts, and nothing else counts until then. */
  anew = false;

  /** @param group the only target: a shape may carry any id, this one's too */
  constructor(scene: Scene, drafts: Drafts, group: Element, told: Told) {
    this.#scene = scene;
    this.#drafts = drafts;
    this.#group = group;
    this.#told = told;
  }

  register(htmx: Htmx) {
    htmx.registerExtension("shapes", {
      // An empty list: htmx has nothing to process in shapes, and would take longer over them than the swap.
      handle_swap: (style: string, target: Element, fragment: DocumentFragment) => {
        if (style !== "shapes") return undefined;
        if (target === this.#group) this.receive(fragment);
        return [];
      },
    });
  }

  /** @param message an error's page, too, which has no such element */
  receive(message: DocumentFragment) {
    const svg = message.querySelector("svg[data-ts]") as SVGSVGElement | null;
    const ts = BigInt(svg?.getAttribute("data-ts") ?? 0);
    if (!svg) return;
    const whole = svg.hasAttribute("data-whole");
    if (this.anew ? !whole : ts <= this.#drafts.seen) return;
    if (this.anew) this.#drafts.forgetAnswered();
    this.anew = false;
    const ids = whole
      ? null
      : [...svg.children].map((element) => element.id || (element.getAttribute("data-removed") ?? ""));
    if (whole) this.#scene.replaceAll(contents(svg));
    else {
      this.#told.coming(svg);
      this.#apply(svg);
    }
    this.#told.came(ids, svg.getAttribute("data-cells")?.trim().split(" ") ?? []);
    this.#drafts.settle(ts);
  }

  /** The server lists what goes below another shape first, from the top down, and what is new on top last. */
  #apply(svg: SVGSVGElement) {
    for (const element of [...svg.children] as SVGElement[]) {
      const removed = element.getAttribute("data-removed");
      const before = element.getAttribute("data-before");
      element.removeAttribute("data-before");
      if (removed !== null) {
        this.#scene.remove(removed);
        element.remove();
      } else if (before !== null || this.#scene.onBoard(element.id)) {
        element.remove(); // it may have to wait behind a draft, and is not on top then
        this.#scene.put(element, before);
        if (element.parentNode === svg) element.remove(); // a pending shape stands in its place; it is none of the new ones
      }
    }
    this.#scene.append(contents(svg));
  }
}

function contents(svg: SVGSVGElement) {
  const fragment = document.createDocumentFragment();
  fragment.append(...svg.children);
  return fragment;
}
