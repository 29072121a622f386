// @ts-check
import { available, commands, run } from "./commands.js";
import { ranked } from "./fuzzy.js";
import { onKey } from "./keydown.js";
import { addKeys } from "./keycaps.js";

/** @import { Command } from "./commands.js" */
/** @import { Editor } from "./editor.js" */

/** Every command by its name, for keyboard, mouse and finger. */
export class Palette {
  #dialog;
  #field;
  #list;
  #nothing;
  #editor;
  /** @type {HTMLElement[]} */
  #options = [];
  #at = 0;

  /** @param {HTMLDialogElement} dialog @param {Editor} editor */
  constructor(dialog, editor) {
    this.#dialog = dialog;
    this.#editor = editor;
    this.#field = /** @type {HTMLInputElement} */ (dialog.querySelector("input"));
    this.#list = /** @type {HTMLElement} */ (dialog.querySelector("[role=listbox]"));
    this.#nothing = /** @type {HTMLElement} */ (dialog.querySelector(".nothing"));
    dialog.addEventListener("open", () => {
      this.#field.value = "";
      this.#show();
    });
    this.#field.addEventListener("input", () => this.#show());
    onKey(this.#field, (event) => this.#key(event));
    this.#list.addEventListener("click", (event) => this.#run(/** @type {Element} */ (event.target).closest("[role=option]")));
    this.#list.addEventListener("pointermove", (event) => this.#point(/** @type {Element} */ (event.target).closest("[role=option]")));
  }

  #show() {
    const letters = this.#field.value;
    const known = commands.filter((command) => !command.quiet && (this.#editor.mayEdit || !command.writes));
    const [now, later] = [true, false].map((is) => known.filter((command) => available(command, this.#editor) === is));
    // Who asks for something by its name learns that it is there, if not now.
    const found = [...ranked(letters, now, nameOf), ...(letters ? ranked(letters, later, nameOf) : [])];
    this.#options = found.map(({ one, at }) => this.#option(one, at));
    this.#list.replaceChildren(...this.#options);
    this.#nothing.hidden = found.length > 0;
    this.#select(0);
  }

  /** @param {Command} command @param {number[]} at the letters that were found */
  #option(command, at) {
    const option = document.createElement("li");
    option.id = `palette-${command.id}`;
    option.dataset.run = command.id;
    option.setAttribute("role", "option");
    const title = document.createElement("span");
    title.append(...[...command.title].map((letter, i) => (at.includes(i) ? marked(letter) : letter)));
    title.normalize();
    const kind = document.createElement("span");
    kind.className = "kind";
    kind.textContent = command.checked ? (command.checked(this.#editor) ? "on" : "off") : command.kind;
    if (!available(command, this.#editor)) {
      option.setAttribute("aria-disabled", "true");
      kind.textContent = "not now";
    }
    option.append(title, kind);
    addKeys(option, command.keys?.[0]);
    option.classList.add("item");
    return option;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step) this.#select(Math.abs(step) > 1 ? clamp(this.#at + step, this.#options.length) : this.#at + step);
    else if (event.key === "Enter") this.#run(this.#options[this.#at] ?? null);
    else return;
    event.preventDefault();
  }

  /** Round the ends. @param {number} index */
  #select(index) {
    this.#options[this.#at]?.setAttribute("aria-selected", "false");
    this.#at = this.#options.length ? (index + this.#options.length) % this.#options.length : 0;
    for (const [i, option] of this.#options.entries()) option.setAttribute("aria-selected", String(i === this.#at));
    const chosen = this.#options[this.#at];
    chosen?.scrollIntoView({ block: "nearest" });
    this.#field.setAttribute("aria-activedescendant", chosen?.id ?? "");
  }

  /** @param {Element | null} option */
  #point(option) {
    const index = this.#options.findIndex((one) => one === option);
    if (index >= 0 && index !== this.#at) this.#select(index);
  }

  /** @param {Element | null} option */
  #run(option) {
    const id = option instanceof HTMLElement ? option.dataset.run : undefined;
    if (!id || option?.getAttribute("aria-disabled")) return;
    this.#dialog.close();
    document.getElementById("canvas")?.focus({ preventScroll: true });
    run(id, this.#editor);
  }
}

/** @param {Command} command */
function nameOf({ title }) {
  return title;
}

/** @param {string} letter */
function marked(letter) {
  const mark = document.createElement("mark");
  mark.textContent = letter;
  return mark;
}

/** @param {number} index @param {number} length */
function clamp(index, length) {
  return Math.max(0, Math.min(length - 1, index));
}
