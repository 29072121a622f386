import htmx from "htmx.org";
import { focusBoard } from "../ground/focus.ts";
import { onKey } from "../ground/keydown.ts";
import type { Page } from "../page.ts";
import { onSelected } from "../select/selected.ts";
import type { Replay } from "./replay.ts";

/** While the board changes, the list is fetched again at most this often, in ms. */
const AGAIN = 3_000;

/** While the server reads an old log, in ms. */
const SOON = 1_000;

/** Until a picture is asked for once more, in ms. */
const LATER = 6_000;

/** Shapes whose history the server tells at once. */
const MOST = 20;

/** The panel that tells who did what on the board, and when. The server writes it. */
export class Panel {
  #panel;
  #past;
  #page;
  #waiting: ReturnType<typeof setTimeout> | undefined;
  /** Who had the focus before it opened. */
  #before: Element | null = null;

  constructor(panel: HTMLElement, page: Page, replay: Replay) {
    this.#panel = panel;
    this.#past = panel.querySelector("#past") as HTMLElement;
    this.#page = page;
    panel.addEventListener("open", ({ target }) => target === panel && this.#open());
    panel.addEventListener("click", (event) => {
      const target = event.target as Element;
      if (target.closest("[data-history=close]")) this.close();
      const moment = target.closest("a.moment") as HTMLElement | null;
      if (!moment || !replay.on) return; // else the link opens the board at that moment
      event.preventDefault();
      void replay.enter(BigInt(moment.dataset.ts ?? "0"));
    });
    onKey(panel, (event) => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      event.preventDefault();
      this.close();
    });
    this.#past.addEventListener("error", ({ target }) => target instanceof HTMLImageElement && again(target), true);
    this.#past.addEventListener("htmx:after:swap", () => this.#came());
    page.board.shapes.onChange(() => this.#soon(AGAIN));
    onSelected(page.board, () => this.#offer());
  }

  close() {
    this.#panel.hidden = true;
    const { activeElement } = document;
    if (activeElement !== document.body && !this.#panel.contains(activeElement)) return;
    if (this.#before instanceof HTMLElement && this.#before.checkVisibility())
      this.#before.focus({ preventScroll: true });
    else focusBoard();
  }

  #open() {
    if (this.#panel.hidden) this.#before = document.activeElement;
    this.#panel.hidden = false;
    htmx.trigger(this.#past, "open");
    this.#past.focus({ preventScroll: true });
  }

  #soon(pause: number) {
    if (!this.#panel.hidden) this.#waiting ??= setTimeout(() => this.#refresh(), pause);
  }

  /** Fetches the latest entries again. Earlier ones stay, and what somebody types in one of them. */
  async #refresh() {
    this.#waiting = undefined;
    const form = this.#past.querySelector("form.looked-for");
    if (this.#panel.hidden || !(form instanceof HTMLFormElement) || this.#past.contains(typing())) return;
    const asked = new URLSearchParams([...new FormData(form)] as [string, string][]);
    const before = this.#ids("#latest");
    await htmx.ajax("GET", `${form.action}?${asked}`, { target: "#latest", select: "#latest", swap: "outerMorph" });
    const now = new Set([...this.#ids("#latest"), ...this.#ids("#earlier")]);
    // One that is on neither page any more is found again through "Earlier".
    if (before.some((id) => !now.has(id))) this.#past.querySelector("#earlier")?.replaceChildren();
  }

  #ids(part: string) {
    return [...this.#past.querySelectorAll(`${part} .entry`)].map(({ id }) => id);
  }

  #came() {
    this.#offer();
    if (this.#past.querySelector("[data-unread]")) this.#soon(SOON);
  }

  /** "Selected shapes only" means those that were selected when it was checked. */
  #offer() {
    const box = this.#past.querySelector("input[name=shapes]");
    if (!(box instanceof HTMLInputElement) || box.checked) return;
    const ids = [...this.#page.board.selection.ids];
    box.value = ids.join(",");
    box.disabled = ids.length < 1 || ids.length > MOST;
    box.closest("label")?.setAttribute("title", ids.length > MOST ? `Of up to ${MOST} shapes` : "");
  }
}

/** A picture that a busy server did not draw is asked for once more. */
function again(picture: HTMLImageElement) {
  picture.toggleAttribute("data-failed", true);
  if (picture.dataset.again) return;
  picture.dataset.again = "asked";
  picture.addEventListener("load", () => picture.removeAttribute("data-failed"));
  setTimeout(() => (picture.src = `${picture.src}`), LATER);
}

/** The field in which somebody types. */
function typing() {
  const { activeElement } = document;
  return activeElement instanceof HTMLInputElement && activeElement.value ? activeElement : null;
}
