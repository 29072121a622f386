// @ts-check
import { send } from "../auth.js";

/** @import { Follow } from "./follow.js" */

/** @typedef {{ person: string, name: string, hue: number }} Face */

/** The faces that the bar has no room for are one button, which opens a list of everybody who is here. */
export class Everybody {
  #opener;
  #menu;
  #url;
  #me;
  #follow;
  /** @type {HTMLElement[]} */
  #items = [];

  /** @param {HTMLElement} opener @param {HTMLElement} menu @param {string} url of the board @param {string | undefined} me @param {Follow} follow */
  constructor(opener, menu, url, me, follow) {
    this.#opener = opener;
    this.#menu = menu;
    this.#url = url;
    this.#me = me;
    this.#follow = follow;
    menu.addEventListener("beforetoggle", (event) => /** @type {ToggleEvent} */ (event).newState === "open" && this.#fill());
    menu.addEventListener("click", (event) => this.#click(event));
    addEventListener("resize", () => this.#count());
  }

  /** @param {HTMLElement[]} items of the bar */
  show(items) {
    this.#items = items;
    this.#count();
    if (this.#menu.matches(":popover-open")) this.#fill();
  }

  #count() {
    const unnamed = this.#items.reduce((sum, { dataset }) => sum + Number(dataset.more ?? 0), 0);
    const hidden = this.#items.filter((item) => !item.checkVisibility() && item.dataset.person).length + unnamed;
    this.#opener.hidden = !hidden;
    this.#opener.textContent = `+${hidden}`;
    this.#opener.setAttribute("aria-label", `${hidden} more: list everybody who is here`);
  }

  async #fill() {
    const named = this.#items.flatMap(({ dataset, title }) => (dataset.person ? [{ person: dataset.person, name: title, hue: Number(dataset.hue) }] : []));
    this.#write(named);
    if (named.length === this.#items.length) return;
    const answer = await send(`${this.#url}/people`).catch(() => null);
    if (answer?.ok) this.#write((await answer.json()).people);
  }

  /** The focus stays on the same person. @param {Face[]} faces */
  #write(faces) {
    const at = this.#menu.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement).dataset.person : undefined;
    this.#menu.replaceChildren(...faces.map((face) => this.#item(face)));
    /** @type {HTMLElement | null} */ (at ? this.#menu.querySelector(`[data-person="${at}"]`) : null)?.focus();
  }

  /** @param {Face} face */
  #item({ person, name, hue }) {
    const item = document.createElement("button");
    Object.assign(item, { type: "button", className: "item" });
    item.setAttribute("role", "menuitem");
    Object.assign(item.dataset, { person, name, hue: String(hue) });
    const face = document.createElement("span");
    face.className = "avatar";
    face.setAttribute("aria-hidden", "true");
    face.textContent = [...name][0]?.toUpperCase() ?? "";
    const called = document.createElement("span");
    called.className = "called";
    called.textContent = person === this.#me ? `${name} (you)` : name;
    item.append(face, called);
    if (person === this.#me) item.setAttribute("aria-disabled", "true");
    else item.title = this.#follow.person === person ? `Stop following ${name}` : `Follow ${name}`;
    return item;
  }

  /** @param {Event} event */
  #click({ target }) {
    const item = target instanceof Element ? /** @type {HTMLElement | null} */ (target.closest("[data-person]")) : null;
    const { person, name, hue } = item?.dataset ?? {};
    if (!person || person === this.#me) return;
    this.#menu.hidePopover(); // before the list is written anew
    this.#follow.toggle(person, name ?? "", Number(hue));
  }
}
