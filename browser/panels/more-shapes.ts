import { ranked } from "../commands/fuzzy.ts";
import { focusBoard } from "../ground/focus.ts";
import { onKey } from "../ground/keydown.ts";
import { settings } from "../ground/settings.ts";
import type { Hand } from "../hand.ts";
import { moreFigures } from "../kinds/declared.ts";
import type { ToolName } from "../types/tool.ts";

/** The figures that have no button of their own: one button takes the last that was used, another shows them all. */
export class MoreShapes {
  #hand;
  #last;
  #opener;
  #popover;
  #search;
  #grid;
  #buttons: HTMLButtonElement[];

  constructor(element: HTMLElement, hand: Hand) {
    this.#hand = hand;
    this.#last = element.querySelector("#figure-last") as HTMLElement;
    this.#opener = element.querySelector("#figures-open") as HTMLElement;
    this.#popover = element.querySelector("#figures") as HTMLElement;
    this.#search = this.#popover.querySelector("input") as HTMLInputElement;
    this.#grid = this.#popover.querySelector(".grid") as HTMLElement;
    this.#buttons = [...this.#grid.querySelectorAll("button")];
    this.#last.addEventListener("click", () => this.#take(settings.figure));
    this.#opener.addEventListener("click", () => this.#open());
    this.#popover.addEventListener("toggle", () => this.#toggled());
    this.#search.addEventListener("input", () => this.#filter());
    this.#grid.addEventListener("click", ({ target }) => {
      const button = (target as Element).closest("button");
      if (button) this.#take(button.dataset.tool ?? "");
    });
    onKey(this.#popover, (event) => this.#key(event));
    hand.onTool((name) => moreFigures.some((kind) => kind === name) && settings.set({ figure: name }));
    hand.onTool(() => this.#show());
    settings.listen(() => this.#show());
  }

  #take(name: string) {
    if (!moreFigures.some((kind) => kind === name)) return;
    const open = document.querySelectorAll("#tools :popover-open") as NodeListOf<HTMLElement>;
    for (const popover of open) popover.hidePopover();
    this.#hand.tool(name as ToolName);
    focusBoard();
  }

  /** In a small window its button lies in another popover, which goes. */
  #open() {
    document.querySelector<HTMLElement>("#more:popover-open")?.hidePopover();
    this.#popover.showPopover();
    if (matchMedia("(hover: hover)").matches) this.#search.focus();
    else this.#button(settings.figure).focus(); // no keyboard comes up on a phone
  }

  #toggled() {
    const open = this.#popover.matches(":popover-open");
    this.#opener.setAttribute("aria-expanded", String(open));
    this.#search.value = "";
    this.#filter();
  }

  #filter() {
    const found = new Set(ranked(this.#search.value, this.#buttons, ({ title }) => title).map(({ one }) => one));
    for (const button of this.#buttons) button.hidden = !found.has(button);
    (this.#popover.querySelector(".nothing") as HTMLElement).hidden = found.size > 0;
  }

  /** Arrows walk the grid; Enter in the field takes the first. */
  #key(event: KeyboardEvent) {
    const shown = this.#buttons.filter(({ hidden }) => !hidden);
    const here = shown.indexOf(event.target as HTMLButtonElement);
    const columns = getComputedStyle(this.#grid).gridTemplateColumns.split(" ").length;
    const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns };
    if (event.target === this.#search) {
      if (event.key === "Enter") this.#take(shown[0]?.dataset.tool ?? "");
      else if (event.key === "ArrowDown") shown[0]?.focus();
      else return;
    } else if (here >= 0 && event.key in steps) (shown[here + steps[event.key]] ?? this.#search).focus();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  #button(name: string) {
    return this.#buttons.find(({ dataset }) => dataset.tool === name) ?? this.#buttons[0];
  }

  /** Which figure was the last, and whether it is in hand. */
  #show() {
    const last = this.#button(settings.figure);
    this.#last.replaceChildren(...[...last.children].map((child) => child.cloneNode(true)));
    this.#last.title = last.title;
    this.#last.setAttribute("aria-label", last.title);
    for (const button of [this.#last, ...this.#buttons])
      button.setAttribute("aria-pressed", String((button.dataset.tool ?? last.dataset.tool) === this.#hand.toolName));
    const editing = this.#hand.mayUse(last.dataset.tool as ToolName);
    (this.#last.parentElement as HTMLElement).hidden = !editing;
  }
}
