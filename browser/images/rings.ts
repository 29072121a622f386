import type { Board } from "../board.ts";
import { button, element } from "../ground/element.ts";
import { boardBox } from "../kinds/index.ts";
import { svgElement } from "../kinds/svg-element.ts";
import type { Going, Uploads } from "./uploads.ts";

/** Of the ring, in its own units. */
const ROUND = 2 * Math.PI * 16;

const SAYS = {
  waiting: () => "Waiting for its turn",
  offline: ({ why }: Going) => why || "Waiting for the network",
  sending: ({ sent }: Going) => `${Math.round(100 * sent)} % sent`,
  looking: () => "The server looks at it",
  refused: ({ why }: Going) => why,
};

/** On each picture that is on its way: how much of it has left, or why it cannot be had, and what can be done about it. */
export class Rings {
  #element;
  #board;
  #uploads;
  #cancel;
  /** By operationId */
  #rings: Map<string, HTMLElement> = new Map();

  /** @param element over the board */
  constructor(element: HTMLElement, board: Board, uploads: Uploads, cancel: (operationId: string) => void) {
    this.#element = element;
    this.#board = board;
    this.#uploads = uploads;
    this.#cancel = cancel;
  }

  /** Something about the uploads has changed. */
  show() {
    const all = [...this.#uploads.all];
    const there = new Set(all.map(({ upload }) => upload.operationId));
    for (const [id, ring] of this.#rings) {
      if (there.has(id)) continue;
      ring.remove();
      this.#rings.delete(id);
    }
    for (const going of all) this.#tell(going);
    this.moved();
  }

  /** The camera or the shapes have moved. */
  moved() {
    for (const { upload } of this.#uploads.all) {
      const ring = this.#rings.get(upload.operationId);
      const shape = this.#board.shapes.get(upload.shape.id);
      if (!ring || !shape) continue;
      const box = boardBox(shape, this.#board.shapes.find);
      const [left, top] = this.#board.camera.toClient((box.left + box.right) / 2, (box.top + box.bottom) / 2);
      ring.style.translate = `calc(${Math.round(left)}px - 50%) calc(${Math.round(top)}px - 50%)`;
    }
  }

  #tell(going: Going) {
    const { operationId, name } = going.upload;
    const ring = this.#rings.get(operationId) ?? this.#make(operationId, name);
    const says = SAYS[going.state](going);
    ring.dataset.state = going.state;
    const text = ring.querySelector("p") as HTMLElement;
    if (text.textContent !== says) text.textContent = says;
    const progress = ring.querySelector(".part") as SVGElement;
    progress.style.strokeDashoffset = `${ROUND * (1 - (going.state === "looking" ? 0.25 : going.sent))}`;
    const bar = ring.querySelector("[role=progressbar]") as Element;
    if (going.state === "sending") bar.setAttribute("aria-valuenow", `${Math.round(100 * going.sent)}`);
    else bar.removeAttribute("aria-valuenow");
    (ring.querySelector("[data-retry]") as HTMLElement).hidden = going.state !== "refused" && going.state !== "offline";
    // Once all of it is there, the server may be putting it on the board at this moment.
    (ring.querySelector("[data-cancel]") as HTMLElement).hidden = going.state === "looking";
  }

  #make(operationId: string, name: string) {
    const ring = element("div", "upload panel");
    const progress = svgElement("svg", { viewBox: "0 0 40 40", role: "progressbar", "aria-label": name });
    const round = { cx: 20, cy: 20, r: 16 };
    progress.append(
      svgElement("circle", { class: "whole", ...round, "stroke-dasharray": "none" }),
      svgElement("circle", { class: "part", ...round, "stroke-dasharray": ROUND }),
    );
    const text = element("p");
    const retry = button("button small", "Try again", () => this.#uploads.retry(operationId));
    retry.dataset.retry = "";
    const cancel = button("button small", "Cancel", () => this.#cancel(operationId));
    cancel.dataset.cancel = "";
    ring.append(progress, text, retry, cancel);
    this.#element.append(ring);
    this.#rings.set(operationId, ring);
    return ring;
  }
}
