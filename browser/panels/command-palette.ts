import type { Command } from "../commands/command.ts";
import { ranked } from "../commands/fuzzy.ts";
import { available, commands, runCommand } from "../commands/list.ts";
import { element } from "../ground/element.ts";
import { focusBoard } from "../ground/focus.ts";
import { addKeys } from "../ground/keycaps.ts";
import { onKey } from "../ground/keydown.ts";
import type { Page } from "../page.ts";

/** Every command by its name, for keyboard, mouse and finger. */
export class Palette {
  #dialog;
  #field;
  #list;
  #nothing;
  #page;
  #options: HTMLElement[] = [];
  #at = 0;

  constructor(dialog: HTMLDialogElement, page: Page) {
    this.#dialog = dialog;
    this.#page = page;
    this.#field = dialog.querySelector("input") as HTMLInputElement;
    this.#list = dialog.querySelector("[role=listbox]") as HTMLElement;
    this.#nothing = dialog.querySelector(".nothing") as HTMLElement;
    dialog.addEventListener("open", () => {
      this.#field.value = "";
      this.#show();
    });
    this.#field.addEventListener("input", () => this.#show());
    onKey(this.#field, (event) => this.#key(event));
    this.#list.addEventListener("click", (event) => this.#run((event.target as Element).closest("[role=option]")));
    this.#list.addEventListener("pointermove", (event) =>
      this.#point((event.target as Element).closest("[role=option]")),
    );
  }

  #show() {
    const letters = this.#field.value;
    const known = commands.filter((command) => !command.quiet && (this.#page.board.mayEdit || !command.writes));
    const [now, later] = [true, false].map((is) => known.filter((command) => available(command, this.#page) === is));
    // Who asks for something by its name learns that it is there, if not now.
    const found = [...ranked(letters, now, nameOf), ...(letters ? ranked(letters, later, nameOf) : [])];
    this.#options = found.map(({ one, at }) => this.#option(one, at));
    this.#list.replaceChildren(...this.#options);
    this.#nothing.hidden = found.length > 0;
    this.#select(0);
  }

  /** @param at the letters that were found */
  #option(command: Command, at: number[]) {
    const option = element("li", "item");
    option.id = `palette-${command.id}`;
    option.dataset.run = command.id;
    option.setAttribute("role", "option");
    const title = element("span");
    title.append(...[...command.title].map((letter, i) => (at.includes(i) ? element("mark", "", letter) : letter)));
    title.normalize();
    const state = command.checked ? (command.checked(this.#page) ? "on" : "off") : command.kind;
    const kind = element("span", "kind", state);
    if (!available(command, this.#page)) {
      option.setAttribute("aria-disabled", "true");
      kind.textContent = "not now";
    }
    option.append(title, kind);
    addKeys(option, command.keys?.[0]);
    return option;
  }

  #key(event: KeyboardEvent) {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step) this.#select(Math.abs(step) > 1 ? clamp(this.#at + step, this.#options.length) : this.#at + step);
    else if (event.key === "Enter") this.#run(this.#options[this.#at] ?? null);
    else return;
    event.preventDefault();
  }

  /** Round the ends. */
  #select(index: number) {
    this.#options[this.#at]?.setAttribute("aria-selected", "false");
    this.#at = this.#options.length ? (index + this.#options.length) % this.#options.length : 0;
    for (const [i, option] of this.#options.entries()) option.setAttribute("aria-selected", String(i === this.#at));
    const chosen = this.#options[this.#at];
    chosen?.scrollIntoView({ block: "nearest" });
    this.#field.setAttribute("aria-activedescendant", chosen?.id ?? "");
  }

  #point(option: Element | null) {
    const index = this.#options.indexOf(option as HTMLElement);
    if (index >= 0 && index !== this.#at) this.#select(index);
  }

  #run(option: Element | null) {
    const id = option instanceof HTMLElement ? option.dataset.run : undefined;
    if (!id || option?.getAttribute("aria-disabled")) return;
    this.#dialog.close();
    focusBoard();
    runCommand(id, this.#page);
  }
}

function nameOf({ title }: Command) {
  return title;
}

function clamp(index: number, length: number) {
  return Math.max(0, Math.min(length - 1, index));
}
