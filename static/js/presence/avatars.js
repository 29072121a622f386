// @ts-check
/** @import { Everybody } from "./everybody.js" */
/** @import { Follow } from "./follow.js" */

/** The faces in the bar: a click on one follows that person; whoever follows us has an eye. */
export class Avatars {
  #list;
  #me;
  #follow;
  #everybody;
  /** @type {Set<string>} who follows us */
  #followers = new Set();

  /** @param {HTMLElement} list @param {string | undefined} me @param {Follow} follow @param {Everybody} everybody */
  constructor(list, me, follow, everybody) {
    this.#everybody = everybody;
    this.#list = list;
    this.#me = me;
    this.#follow = follow;
    list.addEventListener("click", (event) => this.#click(event));
    // The server sends the whole list anew.
    new MutationObserver(() => this.show()).observe(list, { childList: true });
    this.show();
  }

  /** @param {Set<string>} people */
  set followers(people) {
    this.#followers = people;
    this.show();
  }

  show() {
    this.#everybody.show(/** @type {HTMLElement[]} */ ([...this.#list.children]));
    for (const item of /** @type {Iterable<HTMLElement>} */ (this.#list.children)) {
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

  /** @param {Event} event */
  #click({ target }) {
    const item = target instanceof Element ? /** @type {HTMLElement | null} */ (target.closest(".person")) : null;
    const person = item?.dataset.person;
    if (!item || !person || person === this.#me) return;
    this.#follow.toggle(person, item.title, Number(item.dataset.hue));
  }
}
