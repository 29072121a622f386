import { keep, write } from "../clipboard/clipboard.ts";
import { button, element } from "../ground/element.ts";
import { spelled, wrap } from "../intake/clipping.ts";
import type { Shape } from "../types/shape.ts";
import { drawing } from "./drawing.ts";

/** Work that is kept in this browser and is not on the board. `title` says in a few words what it is, `why` why it is here. */
export type Stash = {
  title: string;
  why: string;
  shapes: Shape[];
  add: (() => void) | null;
  aside?: () => void;
  discard: () => void;
};

/** The notice that something is kept aside, and the dialog in which it is copied, put on the board or discarded. */
export class Panel {
  #notice;
  #list;
  #dialog;
  #read;
  /** What the dialog says of what there is. */
  #said = "";

  constructor(notice: HTMLElement, dialog: HTMLDialogElement, read: () => Stash[]) {
    this.#notice = notice;
    this.#dialog = dialog;
    this.#list = dialog.querySelector(".stashes") as HTMLElement;
    this.#read = read;
    dialog.addEventListener("open", () => this.#fill());
  }

  /** Something was kept, or went. */
  show() {
    const stashes = this.#read();
    this.#notice.hidden = !stashes.length;
    const words = this.#notice.querySelector("span") as HTMLElement;
    const text = stashes.length === 1 ? stashes[0].title : `Kept in this browser: ${stashes.length} things`;
    if (words.textContent !== text) words.textContent = text;
    if (!this.#dialog.open) return;
    if (!stashes.length) this.#dialog.close();
    else if (said(stashes) !== this.#said) this.#fill(); // else a button may just be pressed
  }

  #fill() {
    const stashes = this.#read();
    this.#said = said(stashes);
    this.#list.replaceChildren(...stashes.map((stash) => this.#item(stash)));
  }

  #item(stash: Stash) {
    const { title, why, shapes } = stash;
    const item = element("section", "stash");
    const words = element("div", "words");
    words.append(element("h3", "", title), element("p", "hint", why));
    if (shapes.length) item.append(drawing(shapes));
    item.append(words, this.#answers(stash));
    return item;
  }

  #answers(stash: Stash): HTMLElement {
    const { shapes, add, aside } = stash;
    const answers = element("div", "answers");
    const text = spelled(shapes);
    if (add) answers.append(button("button primary", "Add to the board", add));
    if (aside) answers.append(button("button primary", "Set aside the first", aside));
    if (shapes.length) answers.append(button("button", "Copy", (self) => answer(self, copied(shapes))));
    if (text) answers.append(button("button", "Copy the text", (self) => answer(self, write({ "text/plain": text }))));
    answers.append(button("button danger", "Discard", () => answers.replaceWith(this.#question(stash, answers))));
    return answers;
  }

  /** @param answers that come back if it is kept */
  #question({ discard }: Stash, answers: HTMLElement) {
    const question = element("div", "answers");
    const no = button("button", "Keep it", () => question.replaceWith(answers));
    question.append(element("p", "", "This cannot be undone."), no, button("button danger", "Discard it", discard));
    requestAnimationFrame(() => no.focus());
    return question;
  }
}

function said(stashes: Stash[]) {
  return JSON.stringify(stashes.map(({ title, why, add, aside }) => [title, why, !add, !aside]));
}

/** As shapes, which can be pasted on any board, and as text for other programs. */
function copied(shapes: Shape[]) {
  const html = wrap(shapes, document.body.dataset.board ?? "");
  keep(html);
  return write({ "text/html": html, "text/plain": spelled(shapes) });
}

function answer(self: HTMLButtonElement, done: boolean) {
  self.textContent = done ? "Copied" : "Could not copy";
}
