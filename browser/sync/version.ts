import { offer } from "../site/toast.ts";

/** A page whose version differs looks so often whether the moment is right, in ms. */
const LOOK = 500;

/** After so many looks the version differs for good: while web processes are replaced, old ones and new ones answer. */
const STEADY = 20;

/** This page's version beside the server's. An old page offers to be reloaded, and never is without a click. */
export class Version {
  #own;
  #busy;
  #away;
  #reload;
  #offer;
  #announced = "";
  #looks = 0;
  #declined = false;
  /** While the versions differ */
  #looking: ReturnType<typeof setInterval> | undefined;
  #notice: HTMLElement | null = null;

  constructor(
    own: () => string,
    {
      busy,
      away,
      reload,
      say,
    }: {
      /** Whether something is in the hand, or is not saved yet */
      busy: () => boolean;
      /** Whether a reload would meet no server, or would not help */
      away: () => boolean;
      reload?: () => void;
      say?: typeof offer;
    },
  ) {
    this.#own = own;
    this.#busy = busy;
    this.#away = away;
    this.#reload = reload ?? (() => location.reload());
    this.#offer = say ?? offer;
  }

  /** The server's pages have this version now. */
  announced(version: string) {
    if (version !== this.#announced) this.#declined = false;
    this.#announced = version;
    if (version === this.#own()) return this.#agree();
    if (this.#looking) return;
    this.#looks = 0;
    this.#looking = setInterval(() => this.#look(), LOOK);
  }

  #agree() {
    clearInterval(this.#looking);
    this.#looking = undefined;
    this.#hide();
  }

  #look() {
    this.#looks++;
    if (this.#away()) return this.#hide();
    if (this.#notice || this.#declined || this.#busy() || this.#looks < STEADY) return;
    this.#notice = this.#offer("Easel was updated.", { Reload: this.#reload, "Not now": () => this.#decline() });
  }

  #decline() {
    this.#declined = true;
    this.#hide();
  }

  #hide() {
    this.#notice?.remove();
    this.#notice = null;
  }
}
