import { button, element } from "../ground/element.ts";
import { Listeners } from "../ground/listeners.ts";
import type { Author } from "./authors.ts";

/** The people whose work is on the board. Who chooses one of them sees that person's work alone in colour. */
export class Legend {
  #list;
  #me;
  #alone: Set<string> = new Set();
  /** Of whom only the work is to be seen; of nobody: everybody's. */
  chooses: Listeners<[ReadonlySet<string>]> = new Listeners();

  /** @param me this person's id */
  constructor(list: HTMLElement, me: string | undefined) {
    this.#list = list;
    this.#me = me;
  }

  /** The focus stays on the same person. */
  show(people: readonly Author[]) {
    const at = (document.activeElement as HTMLElement | null)?.dataset.person;
    const inside = this.#list.contains(document.activeElement);
    this.#list.replaceChildren(...people.map((author) => this.#row(author)));
    if (inside) this.#find(at)?.focus();
  }

  clear() {
    this.#alone.clear();
    this.#list.replaceChildren();
  }

  #find(person: string | undefined) {
    return [...this.#list.querySelectorAll("button")].find(({ dataset }) => dataset.person === person);
  }

  #row({ id, name, color, count }: Author) {
    const row = element("li");
    const choice = button("item", "", () => this.#toggle(id));
    Object.assign(choice.dataset, { person: id, hue: String(color) });
    choice.setAttribute("aria-pressed", String(this.#alone.has(id)));
    const shapes = `${count.toLocaleString()} ${count === 1 ? "shape" : "shapes"}`;
    const number = element("span", "count", count.toLocaleString());
    number.append(element("span", "visually-hidden", count === 1 ? " shape" : " shapes"));
    choice.title = `${name}: ${shapes}`;
    choice.append(
      element("span", "swatch"),
      element("span", "called", id === this.#me ? `${name} (you)` : name),
      number,
    );
    row.append(choice);
    return row;
  }

  #toggle(id: string) {
    if (!this.#alone.delete(id)) this.#alone.add(id);
    for (const choice of this.#list.querySelectorAll("button"))
      choice.setAttribute("aria-pressed", String(this.#alone.has(choice.dataset.person ?? "")));
    this.chooses.tell(new Set(this.#alone));
  }
}
