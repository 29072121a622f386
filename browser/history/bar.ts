import { button } from "../ground/element.ts";
import type { Past } from "./past.ts";

/** A moment with a name. */
export interface Version {
  ts: string;
  name: string;
}

/** Marks of sittings; more would be a line. */
const MOST_MARKS = 120;

/** The bar below the board: where in its past it is, and how that is played. */
export class Bar {
  range;
  speed;
  follow;
  #bar;
  #marks;
  #reading;
  #said;
  #link;
  #play;
  #video;

  /** @param bar the element @param press of a button: what its `data-replay` says */
  constructor(bar: HTMLElement, press: (what: string) => void) {
    const part = <E extends Element>(selector: string) => bar.querySelector(selector) as E;
    this.#bar = bar;
    this.range = part<HTMLInputElement>("input[type=range]");
    this.speed = part<HTMLSelectElement>("select");
    this.follow = part<HTMLInputElement>("input[type=checkbox]");
    this.#marks = part<HTMLElement>(".marks");
    this.#reading = part<HTMLElement>(".reading");
    this.#said = part<HTMLOutputElement>("output");
    this.#link = part<HTMLAnchorElement>("a");
    this.#play = part<HTMLElement>("[data-replay=play]");
    this.#video = part<HTMLElement>("[data-replay=video]");
    bar.addEventListener("click", ({ target }) => {
      const pressed = (target as Element).closest("button[data-replay]") as HTMLElement | null;
      if (pressed) press(pressed.dataset.replay ?? "");
    });
  }

  set open(open: boolean) {
    this.#bar.hidden = !open;
  }

  /** What is said instead of the controls; "" shows them. */
  set reading(sentence: string) {
    this.#reading.textContent = sentence;
    this.#bar.toggleAttribute("data-reading", sentence !== "");
  }

  set playing(playing: boolean) {
    this.#play.toggleAttribute("data-playing", playing);
    this.#play.setAttribute("aria-label", playing ? "Pause" : "Play");
  }

  set recording(recording: boolean) {
    this.#video.setAttribute("aria-pressed", String(recording));
  }

  /** Shows the moment after so many changes. @param url of the board */
  tell(past: Past, count: number, url: string) {
    const ts = past.clock.tsOf(count);
    const time = ts === null ? null : new Date(Number(ts / 1_000_000n));
    const when = time ? said(time) : "Before the first change";
    const who = past.authorOf(count);
    const sentence = who ? `${who} · ${when}` : when;
    this.range.value = String(count);
    this.range.setAttribute("aria-valuetext", `${sentence}, change ${count} of ${past.fold.length}`);
    if (this.#said.value !== sentence) this.#said.value = sentence;
    this.#link.href = ts === null ? url : `${url}?at=${ts}`;
  }

  /** Marks where sittings begin and what has a name. @param go to the moment after so many changes */
  mark(past: Past, versions: Version[], go: (count: number) => void) {
    const { length } = past.fold;
    this.range.max = String(length);
    const begins = [];
    for (let change = 1; change < length; change++) if (past.begins(change)) begins.push(change);
    const apart = Math.ceil(begins.length / MOST_MARKS) || 1;
    const ticks = begins
      .filter((_, i) => i % apart === 0)
      .map((change) => at(document.createElement("i"), change / length));
    const [first, last] = [past.clock.tsOf(1) ?? 0n, past.clock.tsOf(length) ?? 0n];
    const stars = versions
      .filter(({ ts }) => BigInt(ts) >= first && BigInt(ts) <= last)
      .toReversed()
      .map(({ ts, name }) => {
        const count = past.clock.countOf(BigInt(ts));
        const star = button("", "", () => go(count));
        star.title = name;
        star.setAttribute("aria-label", `To ${name}`);
        return at(star, count / length);
      });
    this.#marks.replaceChildren(...ticks, ...stars);
  }
}

const PARTS = { month: "short", day: "numeric", hour: "numeric", minute: "2-digit" } as const;
const [THIS_YEAR, ANOTHER] = [PARTS, { ...PARTS, year: "numeric" } as const].map(
  (parts) => new Intl.DateTimeFormat(undefined, parts),
);

function said(time: Date) {
  return (time.getFullYear() === new Date().getFullYear() ? THIS_YEAR : ANOTHER).format(time);
}

/** @param place on the line, 0..1 */
function at<E extends HTMLElement>(mark: E, place: number) {
  mark.style.setProperty("--at", String(place));
  return mark;
}
