import { find } from "../ground/find.ts";
import { Listeners } from "../ground/listeners.ts";
import { toast } from "../site/toast.ts";
import type { Camera } from "../view/camera.ts";
import type { Peer } from "./peers.ts";
import { chainOf } from "./peers.ts";

/** The view covers 63 % of what is left of its way in so many ms. */
const EASE = 90;

/** Nearer than this part of its width it has arrived. */
const NEAR = 0.0005;

/**
 * Seeing what somebody else sees: the view goes where theirs goes, until one moves it oneself. Of somebody who follows somebody
 * else, it goes where that view goes: a view that follows is never followed itself, so none can drive another in a circle.
 */
export class Follow {
  #camera;
  #peers;
  #me;
  /** Around the window. */
  #frame = find("#following-frame", HTMLElement);
  /** Says whom, and stops it. */
  #pill = find("#following", HTMLElement);
  #say;
  #still = matchMedia("(prefers-reduced-motion: reduce)");
  #target: [number, number, number, number] | null = null;
  #moving = 0;
  #time = 0;
  /** Whom; null is nobody. */
  person: string | null = null;

  /** Whom one follows has changed. */
  changes: Listeners<[]> = new Listeners();

  /**
   * @param people the others' pages, and who this is
   */
  constructor(camera: Camera, { peers, me }: { peers: ReadonlyMap<string, Peer>; me: string | undefined }) {
    this.#camera = camera;
    this.#peers = peers;
    this.#me = me;
    this.#say = this.#pill.querySelector("[data-name]") as HTMLElement;
    camera.takes.add(() => this.stop());
    this.#pill.querySelector("button")?.addEventListener("click", () => this.stop());
  }

  start(person: string, name: string, hue: number) {
    this.person = person;
    this.#target = null;
    for (const element of [this.#frame, this.#pill]) {
      element.dataset.hue = String(hue);
      element.hidden = false;
    }
    this.#say.textContent = name;
    this.#pill
      .querySelector("a")
      ?.setAttribute("href", `/boards/${document.body.dataset.board}/takebacks?person=${person}`);
    this.changes.tell();
  }

  toggle(person: string, name: string, hue: number) {
    if (this.person === person) this.stop();
    else this.start(person, name, hue);
  }

  stop() {
    if (this.person === null) return;
    this.person = null;
    this.#target = null;
    cancelAnimationFrame(this.#moving);
    this.#moving = 0;
    this.#frame.hidden = this.#pill.hidden = true;
    this.changes.tell();
  }

  /** Whom we follow is not here any more. */
  lost(name: string) {
    toast("info", `${name} has left.`);
    this.stop();
  }

  /** Somebody follows us now. If we follow them, by however many others, we stop: two views cannot lead each other. */
  followedBy({ person, name }: Peer) {
    if (!this.#chain()?.people.includes(person)) return false;
    toast("info", `${name} follows you now, so you no longer follow ${this.#say.textContent}.`);
    this.stop();
    return true;
  }

  /** A page of somebody has news. */
  take() {
    const leader = this.#chain()?.root;
    const first = this.#target === null;
    this.#target = leader?.viewport ?? null;
    if (!this.#target) return;
    if (first) this.#time = performance.now();
    this.#moving ||= requestAnimationFrame((now) => this.#step(now));
  }

  #chain() {
    return this.person === null ? null : chainOf([...this.#peers.values()], this.person, this.#me);
  }

  #step(now: number) {
    this.#moving = 0;
    if (!this.#target) return;
    const part = this.#still.matches ? 1 : 1 - Math.exp(-Math.max(1, now - this.#time) / EASE);
    this.#time = now;
    const here = inside(this.#camera.view(), this.#target);
    const width = this.#target[2] - this.#target[0];
    const arrived = here.every((side, i) => Math.abs(side - (this.#target as number[])[i]) < NEAR * width);
    const next = arrived ? this.#target : here.map((side, i) => side + ((this.#target as number[])[i] - side) * part);
    const [left, top, right, bottom] = next;
    this.#camera.show({ left, top, right, bottom });
    if (!arrived) this.#moving = requestAnimationFrame((later) => this.#step(later));
  }
}

/** Of our view, the box that would show as much as theirs does: windows have other proportions. */
function inside(
  { left, top, right, bottom }: { left: number; top: number; right: number; bottom: number },
  theirs: number[],
) {
  const proportion = (theirs[2] - theirs[0]) / (theirs[3] - theirs[1]);
  const width = Math.min(right - left, (bottom - top) * proportion);
  const height = width / proportion;
  const x = (left + right) / 2;
  const y = (top + bottom) / 2;
  return [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
}
