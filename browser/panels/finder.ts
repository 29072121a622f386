import { element } from "../ground/element.ts";
import { focusBoard } from "../ground/focus.ts";
import { onKey } from "../ground/keydown.ts";
import { matches } from "../ground/keystroke.ts";
import type { Shapes } from "../scene/shapes.ts";
import type { Hits } from "./hits.ts";

/** A pause in typing after which the board is searched, in ms. */
const PAUSE = 150;

/** While the board changes it is searched again at most this often, in ms. */
const AGAIN = 2_000;

const NEXT = ["Enter", "F3", "ArrowDown"];
const PREVIOUS = ["Shift+Enter", "Shift+F3", "ArrowUp"];

/** The panel that finds text on the board, counts where it is, and goes from one to the next. */
export class Finder {
  #panel;
  #field;
  #count;
  #turning: NodeListOf<HTMLButtonElement>;
  #hits;
  #waiting: ReturnType<typeof setTimeout> | undefined;
  /** Who had the focus before it opened. */
  #before: Element | null = null;

  constructor(panel: HTMLElement, hits: Hits, shapes: Shapes) {
    this.#panel = panel;
    this.#field = panel.querySelector("input") as HTMLInputElement;
    this.#count = panel.querySelector("output") as HTMLElement;
    this.#turning = panel.querySelectorAll("[data-find=next], [data-find=previous]");
    this.#hits = hits;
    panel.addEventListener("open", () => this.#open());
    panel.addEventListener("next", () => this.#turn(1));
    panel.addEventListener("previous", () => this.#turn(-1));
    panel.addEventListener("click", ({ target }) => this.#press((target as Element).closest("button")));
    onKey(panel, (event) => this.#key(event));
    onKey(document, (event) => this.#fromText(event), true);
    this.#field.addEventListener("input", () => this.#search(PAUSE));
    shapes.onChange(() => this.#changed());
  }

  #open() {
    if (this.#panel.hidden) this.#before = document.activeElement;
    this.#panel.hidden = false;
    this.#field.focus();
    this.#field.select();
    this.#search(0);
  }

  #close() {
    clearTimeout(this.#waiting);
    this.#waiting = undefined;
    this.#panel.hidden = true;
    this.#hits.clear();
    if (this.#before instanceof HTMLElement && this.#before !== document.body && this.#before.checkVisibility())
      this.#before.focus({ preventScroll: true });
    else focusBoard();
  }

  #key(event: KeyboardEvent) {
    if (event.key === "Escape") this.#close();
    else if (matches(event, "Ctrl+F")) this.#field.select();
    else if (event.target !== this.#field && !event.key.startsWith("F")) return;
    else if (NEXT.some((key) => matches(event, key))) this.#turn(1);
    else if (PREVIOUS.some((key) => matches(event, key))) this.#turn(-1);
    else return;
    event.preventDefault();
  }

  /** Who writes a text has its keys, but wants this one of the board. */
  #fromText(event: KeyboardEvent) {
    if (!matches(event, "Ctrl+F") || !(event.target as Element).closest?.("#writing")) return;
    event.preventDefault();
    this.#open();
  }

  #press(button: HTMLButtonElement | null) {
    if (button?.dataset.find === "close") this.#close();
    else if (button) this.#turn(button.dataset.find === "next" ? 1 : -1);
  }

  /** F3 opens the panel if it is closed. */
  #turn(step: 1 | -1) {
    if (this.#panel.hidden) return this.#open();
    this.#hits.turn(step);
    if (this.#hits.match) this.#say(this.#hits.sentence);
  }

  #changed() {
    if (this.#panel.hidden) return;
    this.#hits.mark();
    if (this.#field.value.trim() && this.#waiting === undefined) this.#search(AGAIN);
  }

  #search(pause: number) {
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(async () => {
      this.#waiting = undefined;
      const said = await this.#hits.ask(this.#field.value.trim());
      if (said !== null) this.#say(said);
    }, pause);
  }

  /** A screen reader says what was found, too. */
  #say(sentence: string) {
    const { match } = this.#hits;
    this.#count.replaceChildren(sentence, element("span", "visually-hidden", match ? `: ${match.name}` : ""));
    for (const button of this.#turning) button.disabled = !match;
  }
}
