import type { Board } from "../board.ts";
import { ago } from "../ground/ago.ts";
import { button, element } from "../ground/element.ts";
import { onSelected } from "../select/selected.ts";
import { send } from "../site/auth.ts";
import type { Author } from "./authors.ts";

/** A selection that rests so long is asked about, in ms. */
const PAUSE = 150;

/** Ids that one request may name. */
const MOST = 500;

type Touch = { id: string; name: string; at: number };
type Told = { total: number; people: Author[]; made?: Touch | null; changed: Touch | null };

/** Says who made what is selected, and who changed it last. */
export class Chosen {
  #board;
  #place;
  #url;
  #me;
  #open = false;
  #asked = 0;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  /** @param url of the board @param me this person's id */
  constructor(board: Board, place: HTMLElement, { url, me }: { url: string; me: string | undefined }) {
    this.#board = board;
    this.#place = place;
    this.#url = url;
    this.#me = me;
    onSelected(board, () => this.#soon(PAUSE));
  }

  set open(open: boolean) {
    this.#open = open;
    if (open) this.#soon(0);
    else this.#place.replaceChildren();
  }

  #soon(pause: number) {
    if (!this.#open) return;
    clearTimeout(this.#waiting);
    this.#waiting = setTimeout(() => void this.#ask(), pause);
  }

  async #ask() {
    const asked = ++this.#asked;
    const ids = [...this.#board.selection.ids];
    if (!ids.length) return this.#place.replaceChildren();
    const query = new URLSearchParams({ shapes: ids.slice(0, MOST).join() });
    const answer = await send(`${this.#url}/authors/last?${query}`).catch(() => null);
    const told: Told | null = answer?.ok ? await answer.json().catch(() => null) : null;
    if (asked !== this.#asked || !this.#open) return;
    if (!told) this.#place.replaceChildren(element("p", "", "The server could not say who drew this."));
    else this.#place.replaceChildren(...this.#lines(told, ids.length));
  }

  #lines({ total, people, made, changed }: Told, selected: number): HTMLElement[] {
    if (!total) return [element("p", "", "This is not saved yet.")];
    const last = changed
      ? [line(`${this.#called(changed)} changed ${total > 1 ? "them" : "it"} last`, changed.at)]
      : [];
    if (made) return [line(`${this.#called(made)} drew this`, made.at), ...last];
    const some = total < selected ? ` (of the first ${MOST} selected)` : "";
    const drawn = people.map((author) => `${this.#called(author)} ${author.count.toLocaleString()}`).join(", ");
    return [element("p", "", `Drawn by ${drawn}${some}`), ...last];
  }

  #called({ id, name }: { id: string; name: string }) {
    return id === this.#me ? "You" : name;
  }
}

/** The exact time is a hover, a press or a long press away. */
function line(text: string, at: number) {
  const exact = new Date(at).toLocaleString(undefined, { dateStyle: "full", timeStyle: "short" });
  const said = element("p", "", `${text} `);
  const time = button("time", ago(at), () => (time.textContent = time.textContent === exact ? ago(at) : exact));
  time.title = exact;
  time.setAttribute("aria-label", `${ago(at)}, ${exact}`);
  time.addEventListener("contextmenu", (event) => {
    event.preventDefault();
    time.textContent = exact;
  });
  said.append(time);
  return said;
}
