import { element } from "../ground/element.ts";
import { find } from "../ground/find.ts";
import { send } from "../site/auth.ts";
import type { Follow } from "./follow.ts";

type Face = { person: string; name: string; hue: number };

/** The faces that the bar has no room for are one button, which opens a list of everybody who is here. */
export class Everybody {
  #opener = find("#everybody-open", HTMLElement);
  #menu = find("#everybody", HTMLElement);
  #url;
  #me;
  #follow;
  #items: HTMLElement[] = [];

  /** @param url of the board */
  constructor(url: string, me: string | undefined, follow: Follow) {
    this.#url = url;
    this.#me = me;
    this.#follow = follow;
    this.#menu.addEventListener("beforetoggle", (event) => (event as ToggleEvent).newState === "open" && this.#fill());
    this.#menu.addEventListener("click", (event) => this.#click(event));
    addEventListener("resize", () => this.#count());
  }

  /** @param items of the bar */
  show(items: HTMLElement[]) {
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
    const named = this.#items.flatMap(({ dataset, title }) =>
      dataset.person ? [{ person: dataset.person, name: title, hue: Number(dataset.hue) }] : [],
    );
    this.#write(named);
    if (named.length === this.#items.length) return;
    const answer = await send(`${this.#url}/people`).catch(() => null);
    if (answer?.ok) this.#write((await answer.json()).people);
  }

  /** The focus stays on the same person. */
  #write(faces: Face[]) {
    const at = this.#menu.contains(document.activeElement)
      ? (document.activeElement as HTMLElement).dataset.person
      : undefined;
    this.#menu.replaceChildren(...faces.map((face) => this.#item(face)));
    ((at ? this.#menu.querySelector(`[data-person="${at}"]`) : null) as HTMLElement | null)?.focus();
  }

  #item({ person, name, hue }: Face) {
    const item = element("button", "item");
    item.type = "button";
    item.setAttribute("role", "menuitem");
    Object.assign(item.dataset, { person, name, hue: String(hue) });
    const face = element("span", "avatar", [...name][0]?.toUpperCase());
    face.setAttribute("aria-hidden", "true");
    item.append(face, element("span", "called", person === this.#me ? `${name} (you)` : name));
    if (person === this.#me) item.setAttribute("aria-disabled", "true");
    else item.title = this.#follow.person === person ? `Stop following ${name}` : `Follow ${name}`;
    return item;
  }

  #click({ target }: Event) {
    const item = target instanceof Element ? (target.closest("[data-person]") as HTMLElement | null) : null;
    const { person, name, hue } = item?.dataset ?? {};
    if (!person || person === this.#me) return;
    this.#menu.hidePopover(); // before the list is written anew
    this.#follow.toggle(person, name ?? "", Number(hue));
  }
}
