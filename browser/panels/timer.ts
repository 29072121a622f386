import { newId } from "../ground/identifiers.ts";
import { settings } from "../ground/settings.ts";
import { announce } from "../site/announcer.ts";
import { send } from "../site/auth.ts";
import { explained } from "../site/refusal.ts";
import { toast } from "../site/toast.ts";
import type { TimerTold } from "../types/timer.ts";
import { chime } from "./chime.ts";
import { Countdown, clockTime } from "./countdown.ts";

/** For so long the panel says that the time is up, in s. */
const LINGERS = 60;

/** The timer that everybody on the board sees: the panel that counts, and the dialog that starts one. */
export class Timer {
  #panel;
  #url;
  #time;
  #pause;
  #countdown = new Countdown((seconds) => this.#show(seconds));
  #hiding: ReturnType<typeof setTimeout> | undefined;
  #state: TimerTold["state"] | null = null;

  /** @param url of the board */
  constructor(panel: HTMLElement, dialog: HTMLDialogElement, url: string) {
    const part = (name: string) => panel.querySelector(name) as HTMLElement;
    this.#panel = panel;
    this.#url = `${url}/timer`;
    this.#time = part("[role=timer]");
    this.#pause = part("[data-timer=pause]");
    const sound = part("[data-timer=sound]");
    settings.listen(() => sound.setAttribute("aria-pressed", String(settings.sound)));
    panel.addEventListener("click", ({ target }) =>
      this.press((target as Element).closest<HTMLElement>("[data-timer]")?.dataset.timer),
    );
    for (const name of ["pause", "add", "end"]) panel.addEventListener(name, () => this.press(name));
    dialog.addEventListener("click", ({ target }) => {
      const seconds = (target as Element).closest<HTMLElement>("[data-seconds]")?.dataset.seconds;
      if (!seconds) return;
      dialog.close();
      this.#start(Number(seconds));
    });
    dialog.querySelector("form")?.addEventListener("submit", ({ target }) => {
      this.#start(Math.round(60 * Number(new FormData(target as HTMLFormElement).get("minutes"))));
    });
  }

  /** What the server says: null if there is no timer. */
  told(timer: TimerTold | null) {
    const before = this.#state;
    this.#state = timer?.state ?? null;
    clearTimeout(this.#hiding);
    const lingers = timer?.state === "over" ? LINGERS + timer.left : 1;
    this.#panel.hidden = !timer || lingers <= 0;
    if (!timer || lingers <= 0) return this.#countdown.stop(0);
    this.#panel.dataset.state = timer.state;
    this.#pause.title = timer.state === "paused" ? "Let the timer go on" : "Pause the timer";
    this.#pause.setAttribute("aria-label", this.#pause.title);
    if (timer.state === "running") this.#countdown.run(timer.left);
    else this.#countdown.stop(timer.left);
    if (timer.state === "over") this.#over(lingers, before === "running");
    else if (before !== timer.state) announce(this.#sentence(timer));
  }

  press(what: string | undefined) {
    if (what === "sound") this.#sound();
    else if (what === "pause") void this.#send("PATCH", { paused: this.#state === "running" });
    else if (what === "add") void this.#send("PATCH", { add: 60 });
    else if (what === "end") void this.#send("DELETE");
  }

  #start(seconds: number) {
    void this.#send("PUT", { seconds });
  }

  #sound() {
    settings.set({ sound: !settings.sound });
    if (settings.sound) chime(); // so that one knows it, and the browser allows it from now on
  }

  #sentence({ state, left }: TimerTold) {
    const time = clockTime(Math.ceil(left));
    return state === "paused" ? `The timer is paused at ${time}.` : `The timer runs: ${time}.`;
  }

  #over(lingers: number, saw: boolean) {
    this.#time.textContent = "Time is up";
    this.#hiding = setTimeout(() => (this.#panel.hidden = true), lingers * 1000);
    if (!saw) return;
    announce("Time is up.");
    if (settings.sound) chime();
  }

  #show(seconds: number) {
    this.#time.textContent = clockTime(seconds);
  }

  async #send(method: string, body?: object) {
    const headers = { "Content-Type": "application/json", "Idempotency-Key": newId() };
    const answer = await send(this.#url, { method, headers, body: body && JSON.stringify(body) }).catch(() => null);
    const told = await answer?.json().catch(() => null);
    if (!answer) toast("error", "The server cannot be reached: the timer is as it was.");
    else if (!answer.ok) toast("error", explained(told?.error, answer.status));
    else this.told(told?.timer ?? null);
  }
}
