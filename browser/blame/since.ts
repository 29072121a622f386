import { focusBoard } from "../ground/focus.ts";
import { onceAFrame } from "../ground/frame.ts";
import { onKey } from "../ground/keydown.ts";
import { nameOf } from "../kinds/names.ts";
import type { Page } from "../page.ts";
import { Marks } from "../panels/marks.ts";
import { search } from "../panels/search.ts";
import { announce } from "../site/announcer.ts";
import { send } from "../site/auth.ts";
import type { Missed } from "./missed.ts";
import { sentence } from "./missed.ts";

/** Whoever looks away for longer than this has been away, in ms. */
const AWAY = 5 * 60_000;

/** What others have changed since this person was here: it glows, and a line says so and goes from one to the next. */
export class Since {
  #panel;
  #page;
  #url;
  #marks;
  #place;
  #missed: Missed | null = null;
  #at = -1;
  #leftAt = 0;

  /** @param url of the board @param layer for the glow, in board px */
  constructor(panel: HTMLElement, page: Page, { url, layer }: { url: string; layer: SVGGElement }) {
    this.#panel = panel;
    this.#page = page;
    this.#url = url;
    this.#marks = new Marks(layer);
    this.#place = panel.querySelector(".place") as HTMLElement;
    panel.addEventListener("next", () => void this.#turn(1));
    panel.addEventListener("previous", () => void this.#turn(-1));
    panel.addEventListener("click", ({ target }) => this.#press((target as Element).closest("button")?.dataset.since));
    onKey(panel, (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      this.#close();
    });
    page.board.shapes.onChange(() => this.#mark());
    document.addEventListener("visibilitychange", () => this.#looked());
    void this.#ask();
  }

  #looked() {
    if (document.hidden) this.#leftAt = Date.now();
    else if (Date.now() - this.#leftAt > AWAY) void this.#ask();
  }

  async #ask() {
    const answer = await send(`${this.#url}/seen`).catch(() => null);
    const missed = answer?.ok ? await answer.json().catch(() => null) : null;
    if (!missed?.shapes) return;
    this.#missed = missed;
    this.#at = -1;
    this.#panel.hidden = false;
    const line = this.#panel.querySelector(".line") as HTMLElement;
    line.textContent = sentence(missed);
    announce(line.textContent);
    this.#place.textContent = "";
    for (const button of this.#panel.querySelectorAll<HTMLElement>("[data-since=next], [data-since=previous]"))
      button.hidden = !missed.shapes.length;
    this.#mark();
  }

  #press(what: string | undefined) {
    if (what === "close") this.#close();
    else if (what) void this.#turn(what === "next" ? 1 : -1);
  }

  #close() {
    const inside = this.#panel.contains(document.activeElement);
    this.#missed = null;
    this.#panel.hidden = true;
    this.#marks.clear();
    if (inside) focusBoard();
  }

  /** To the next one, or the one before; round the ends. */
  async #turn(step: 1 | -1) {
    const { shapes = [], people = [] } = this.#missed ?? {};
    if (!shapes.length) return;
    this.#at = (Math.max(this.#at, step > 0 ? -1 : 0) + step + shapes.length) % shapes.length;
    const { id, by } = shapes[this.#at];
    const { board } = this.#page;
    this.#place.textContent = `${this.#at + 1} of ${shapes.length}`;
    this.#mark();
    const here = board.shapes.get(id);
    const [match] = here ? [] : ((await search(this.#url, { shape: id }))?.matches ?? []);
    if (shapes[this.#at]?.id !== id) return; // another one meanwhile
    const box = board.shapes.bounds([id]) ?? match?.box;
    if (box) board.camera.visit(box);
    const name = here ? nameOf(here) : (match?.name ?? "not on the board any more");
    const author = people.find((one) => one.id === by);
    announce(`${this.#at + 1} of ${shapes.length}: ${name}${author ? `, changed by ${author.name}` : ""}`);
  }

  /** Shapes may have moved, or gone. What the page has not loaded has no glow yet. */
  #mark = onceAFrame(() => {
    if (!this.#missed) return;
    const { shapes } = this.#page.board;
    const boxes = this.#missed.shapes.map(({ id }) => shapes.bounds([id]));
    const at = boxes.slice(0, Math.max(0, this.#at)).filter((box) => box).length;
    this.#marks.show(
      boxes.filter((box) => box !== null),
      this.#at >= 0 && boxes[this.#at] ? at : -1,
    );
  });
}
