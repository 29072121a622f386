import type { Everybody } from "./everybody.ts";
import type { Follow } from "./follow.ts";

/** The faces in the bar: a click on one follows that person; whoever follows us has an eye. */
export class Avatars {
  #list;
  #me;
  #follow;
  #everybody;
  /** Who follows us */
  #followers: Set<string> = new Set();

  constructor(list: HTMLElement, me: string | undefined, follow: Follow, everybody: Everybody) {
    this.#everybody = everybody;
    this.#list = list;
    this.#me = me;
    this.#follow = follow;
    list.addEventListener("click", (event) => this.#click(event));
    // The server sends the whole list anew.
    new MutationObserver(() => this.show()).observe(list, { childList: true });
    this.show();
  }

  set followers(people: Set<string>) {
    this.#followers = people;
    this.show();
  }

  show() {
    this.#everybody.show([...this.#list.children] as HTMLElement[]);
    for (const item of this.#list.children as Iterable<HTMLElement>) {
      const button = item.querySelector("button");
      const { person } = item.dataset;
      if (!button || !person) continue;
      const name = item.title;
      const mine = person === this.#me;
      const follows = this.#followers.has(person);
      const followed = this.#follow.person === person;
      item.toggleAttribute("data-mine", mine);
      item.toggleAttribute("data-follower", follows);
      const label = mine ? `${name} (you)` : followed ? `Stop following ${name}` : `Follow ${name}`;
      button.setAttribute("aria-label", follows ? `${label}, who follows you` : label);
      if (mine) button.removeAttribute("aria-pressed");
      else button.setAttribute("aria-pressed", String(followed));
    }
  }

  #click({ target }: Event) {
    const item = target instanceof Element ? (target.closest(".person") as HTMLElement | null) : null;
    const person = item?.dataset.person;
    if (!item || !person || person === this.#me) return;
    this.#follow.toggle(person, item.title, Number(item.dataset.hue));
  }
}
