import { find } from "../ground/find.ts";
import { focusBoard } from "../ground/focus.ts";
import { onKey } from "../ground/keydown.ts";
import { isTyping } from "../ground/typing.ts";
import type { Page } from "../page.ts";
import { announce } from "../site/announcer.ts";
import { toast } from "../site/toast.ts";
import { Authors } from "./authors.ts";
import { Chosen } from "./chosen.ts";
import { Legend } from "./legend.ts";
import { Tint } from "./tint.ts";

/** Who drew what: of what is selected in words, and of the whole board in the colours of people's cursors. */
export class BlamePanel {
  #panel;
  #page;
  #switch;
  #authors;
  #chosen;
  #legend;
  #tint;
  #before: Element | null = null;

  /** @param url of the board @param me this person's id @param seen the change up to which the page shows the board */
  constructor(panel: HTMLElement, page: Page, { url, me, seen }: { url: string; me?: string; seen: () => bigint }) {
    const part = (name: string) => panel.querySelector(name) as HTMLElement;
    this.#panel = panel;
    this.#page = page;
    this.#switch = part("[data-authors=tint]");
    this.#authors = new Authors(url, seen);
    this.#chosen = new Chosen(page.board, part(".chosen"), { url, me });
    this.#legend = new Legend(part(".legend"), me);
    this.#tint = new Tint(find("#canvas", HTMLElement), find("#shapes", SVGGElement));
    this.#authors.comes.add((people) => {
      this.#tint.show(people);
      this.#legend.show(people);
    });
    this.#legend.chooses.add((people) => this.#tint.isolate(people));
    page.board.shapes.onChange((ids) => {
      this.#tint.mark(ids);
      this.#authors.changed();
    });
    panel.addEventListener("who", () => this.#open());
    panel.addEventListener("tint", () => (this.#tinted ? this.close() : this.#colour()));
    this.#switch.addEventListener("click", () => (this.#tinted ? this.#fade() : void this.#colour()));
    part("[data-authors=close]").addEventListener("click", () => this.close());
    onKey(document, (event) => this.#key(event), true);
  }

  get #tinted() {
    return this.#switch.getAttribute("aria-pressed") === "true";
  }

  close() {
    this.#fade();
    this.#chosen.open = false;
    const inside = this.#panel.contains(document.activeElement);
    this.#panel.hidden = true;
    if (!inside) return;
    if (this.#before instanceof HTMLElement && this.#before.checkVisibility())
      this.#before.focus({ preventScroll: true });
    else focusBoard();
  }

  #open() {
    if (this.#panel.hidden) this.#before = document.activeElement;
    if (matchMedia("(max-width: 760px)").matches) find("#history [data-history=close]", HTMLElement).click(); // no room for both
    this.#panel.hidden = false;
    this.#chosen.open = true;
  }

  async #colour() {
    this.#open();
    this.#switch.setAttribute("aria-pressed", "true");
    const why = await this.#authors.open();
    if (why) {
      this.#fade();
      return toast("error", why);
    }
    const { people } = this.#authors;
    announce(
      `Coloured by person: ${people.map(({ name, count }) => `${name} ${count}`).join(", ") || "nothing is here"}`,
    );
  }

  #fade() {
    this.#switch.setAttribute("aria-pressed", "false");
    this.#authors.close();
    this.#tint.clear();
    this.#legend.clear();
  }

  /** Escape ends it, unless something nearer to the hand wants that key. */
  #key(event: KeyboardEvent) {
    if (event.key !== "Escape" || this.#panel.hidden || this.#page.hand.busy || this.#page.writing) return;
    if (isTyping(event.target) || document.querySelector("dialog[open], :popover-open")) return;
    event.preventDefault();
    event.stopPropagation();
    this.close();
  }
}
