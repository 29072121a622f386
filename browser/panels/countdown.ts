const SECOND = 1000; // ms

/** Counts the seconds that are left, by a clock that nobody can set. */
export class Countdown {
  #shows;
  #endsAt = 0;
  #waiting: ReturnType<typeof setTimeout> | undefined;

  /** @param shows gets the whole seconds that are left, whenever they change */
  constructor(shows: (seconds: number) => void) {
    this.#shows = shows;
  }

  /** @param left in s */
  run(left: number) {
    this.#endsAt = performance.now() + left * SECOND;
    this.#tick();
  }

  stop(left: number) {
    clearTimeout(this.#waiting);
    this.#shows(seconds(left * SECOND));
  }

  #tick() {
    clearTimeout(this.#waiting);
    const left = this.#endsAt - performance.now();
    this.#shows(seconds(left));
    if (left > 0) this.#waiting = setTimeout(() => this.#tick(), left % SECOND || SECOND);
  }
}

/** Up: 0 is said when nothing is left. A timeout may come a little early. */
function seconds(left: number) {
  return Math.max(0, Math.ceil((left - 10) / SECOND));
}

/** Such as "4:05" or "1:00:00". */
export function clockTime(seconds: number) {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const two = (number: number) => String(number).padStart(2, "0");
  return hours ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}
