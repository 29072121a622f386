// @ts-check
import { toast } from "../toast.js";
import { chainOf } from "./peers.js";

/** @import { Camera } from "../camera.js" */
/** @import { Peer } from "./peers.js" */

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
  #frame;
  #pill;
  #say;
  #still = matchMedia("(prefers-reduced-motion: reduce)");
  /** @type {[number, number, number, number] | null} */
  #target = null;
  #moving = 0;
  #time = 0;
  /** Whom; null is nobody. @type {string | null} */
  person = null;

  /** Whom one follows has changed. */
  onChange = () => {};

  /**
   * @param {Camera} camera
   * @param {{ peers: ReadonlyMap<string, Peer>, me: string | undefined }} people the others' pages, and who this is
   * @param {HTMLElement} frame around the window @param {HTMLElement} pill says whom, and stops it
   */
  constructor(camera, { peers, me }, frame, pill) {
    this.#camera = camera;
    this.#peers = peers;
    this.#me = me;
    this.#frame = frame;
    this.#pill = pill;
    this.#say = /** @type {HTMLElement} */ (pill.querySelector("[data-name]"));
    camera.onTaken = () => this.stop();
    pill.querySelector("button")?.addEventListener("click", () => this.stop());
  }

  /** @param {string} person @param {string} name @param {number} hue */
  start(person, name, hue) {
    this.person = person;
    this.#target = null;
    for (const element of [this.#frame, this.#pill]) {
      element.dataset.hue = String(hue);
      element.hidden = false;
    }
    this.#say.textContent = name;
    this.onChange();
  }

  /** @param {string} person @param {string} name @param {number} hue */
  toggle(person, name, hue) {
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
    this.onChange();
  }

  /** Whom we follow is not here any more. @param {string} name */
  lost(name) {
    toast("info", `${name} has left.`);
    this.stop();
  }

  /** Somebody follows us now. If we follow them, by however many others, we stop: two views cannot lead each other. @param {Peer} peer */
  followedBy({ person, name }) {
    if (!this.#chain()?.people.includes(person)) return false;
    toast("info", `${name} follows you now, so you follow ${this.#say.textContent} no longer.`);
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

  /** @param {number} now */
  #step(now) {
    this.#moving = 0;
    if (!this.#target) return;
    const part = this.#still.matches ? 1 : 1 - Math.exp(-Math.max(1, now - this.#time) / EASE);
    this.#time = now;
    const here = inside(this.#camera.view(), this.#target);
    const width = this.#target[2] - this.#target[0];
    const arrived = here.every((side, i) => Math.abs(side - /** @type {number[]} */ (this.#target)[i]) < NEAR * width);
    const next = arrived ? this.#target : here.map((side, i) => side + (/** @type {number[]} */ (this.#target)[i] - side) * part);
    const [left, top, right, bottom] = next;
    this.#camera.show({ left, top, right, bottom });
    if (!arrived) this.#moving = requestAnimationFrame((later) => this.#step(later));
  }
}

/**
 * Of our view, the box that would show as much as theirs does: windows have other proportions.
 * @param {{ left: number, top: number, right: number, bottom: number }} view @param {number[]} theirs
 */
function inside({ left, top, right, bottom }, theirs) {
  const proportion = (theirs[2] - theirs[0]) / (theirs[3] - theirs[1]);
  const width = Math.min(right - left, (bottom - top) * proportion);
  const height = width / proportion;
  const x = (left + right) / 2;
  const y = (top + bottom) / 2;
  return [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
}
