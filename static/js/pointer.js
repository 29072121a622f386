// @ts-check
/** @import { Camera } from "./camera.js" */
/** @import { Change, Sample, Tool } from "./types.js" */

/** A second finger this soon after the first means two fingers all along, in ms; later it is a palm. */
const TOGETHER = 500;

/** The hand that holds a pen rests on the glass: touches this soon after ink are no fingers, in ms. */
const PALM = 500;

const MIDDLE = 1;
const ERASER_END = 5;

/** @typedef {{ pointerId: number, pointerType: string, tool: Tool, since: number }} Gesture */
/** @typedef {{ x: number, y: number, apart: number }} Pinch */

/** Turns pointer events into what the tools understand, and two fingers into pan and zoom. */
export class Pointer {
  #canvas;
  #surface;
  #camera;
  #toolFor;
  #hand;
  #eraser;
  /** @type {Gesture | null} */
  #gesture = null;
  /** @type {Map<number, PointerEvent>} fingers on the canvas */
  #fingers = new Map();
  /** @type {Pinch | null} */
  #pinch = null;
  #penSeen = -Infinity;
  #space = false;

  /** @type {(change: Change) => void} */
  onChange = () => {};

  /**
   * @param {HTMLElement} canvas what has the focus @param {HTMLElement} surface what the pointers meet, above all shapes
   * @param {Camera} camera
   * @param {{ tool: () => Tool, hand: Tool, eraser: Tool }} tools `tool` is the one chosen, `eraser` that of a pen's other end
   */
  constructor(canvas, surface, camera, { tool, hand, eraser }) {
    this.#canvas = canvas;
    this.#surface = surface;
    this.#camera = camera;
    this.#toolFor = tool;
    this.#hand = hand;
    this.#eraser = eraser;
    surface.addEventListener("pointerdown", (event) => this.#down(event));
    surface.addEventListener("pointermove", (event) => this.#move(event));
    surface.addEventListener("pointerup", (event) => this.#up(event));
    surface.addEventListener("pointercancel", (event) => this.#lost(event));
    surface.addEventListener("lostpointercapture", (event) => this.#lost(event));
    surface.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    surface.addEventListener("mousedown", (event) => event.button === MIDDLE && event.preventDefault());
    surface.addEventListener("contextmenu", (event) => (this.#gesture || this.#fingers.size) && event.preventDefault());
  }

  /** Whether something is being drawn, erased or moved. */
  get busy() {
    return this.#gesture !== null;
  }

  /** While the space bar is down, every tool is the hand. @param {boolean} down */
  space(down) {
    this.#space = down;
    this.showCursor();
  }

  /** Tells the style sheet which cursor. */
  showCursor() {
    this.#surface.dataset.tool = this.#next(0).name;
    this.#surface.classList.toggle("panning", this.#gesture?.tool === this.#hand);
  }

  /** Takes back what the gesture has done so far. */
  cancel() {
    this.#gesture?.tool.cancel();
    this.#end();
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (event.pointerType === "touch" && !this.#touch(event)) return;
    if (this.#gesture || ![0, MIDDLE, ERASER_END].includes(event.button)) return;
    event.preventDefault();
    this.#canvas.focus({ preventScroll: true });
    this.#surface.setPointerCapture(event.pointerId);
    if (event.pointerType === "pen") this.#penSeen = event.timeStamp;
    const tool = this.#next(event.button);
    this.#gesture = { pointerId: event.pointerId, pointerType: event.pointerType, tool, since: event.timeStamp };
    tool.press(this.#sample(event), event.pointerType);
    this.showCursor();
  }

  /** A finger lands. @param {PointerEvent} event @returns {boolean} whether it may draw */
  #touch(event) {
    const gesture = this.#gesture;
    if (gesture?.pointerType === "pen" || event.timeStamp - this.#penSeen < PALM) return false;
    if (gesture && (gesture.pointerType !== "touch" || event.timeStamp - gesture.since > TOGETHER)) return false;
    this.#fingers.set(event.pointerId, event);
    if (this.#fingers.size === 1) return true;
    this.#surface.setPointerCapture(event.pointerId);
    this.cancel();
    this.#pinch = this.#span();
    return false;
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (this.#fingers.has(event.pointerId)) this.#fingers.set(event.pointerId, event);
    if (this.#pinch) return this.#pinched(this.#pinch);
    if (event.pointerId !== this.#gesture?.pointerId) return;
    if (event.pointerType === "pen") this.#penSeen = event.timeStamp;
    // Neither list exists on http, and the first may be empty.
    const coalesced = event.getCoalescedEvents?.() ?? [];
    const predicted = event.getPredictedEvents?.() ?? [];
    const samples = (coalesced.length ? coalesced : [event]).map((each) => this.#sample(each));
    this.#gesture.tool.move(samples, predicted.map((each) => this.#sample(each)));
  }

  /** @param {PointerEvent} event */
  #up(event) {
    this.#lift(event);
    const gesture = this.#gesture;
    if (event.pointerId !== gesture?.pointerId) return;
    gesture.tool.move([this.#sample(event)], []);
    const change = gesture.tool.release();
    this.#end();
    if (change) this.onChange(change);
  }

  /** @param {PointerEvent} event */
  #lost(event) {
    this.#lift(event);
    if (event.pointerId === this.#gesture?.pointerId) this.cancel();
  }

  /** @param {PointerEvent} event */
  #lift(event) {
    this.#fingers.delete(event.pointerId);
    this.#pinch = this.#pinch && this.#fingers.size > 1 ? this.#span() : null;
  }

  #end() {
    this.#gesture = null;
    this.showCursor();
  }

  /** @param {number} button */
  #next(button) {
    const tool = this.#space || button === MIDDLE ? this.#hand : this.#toolFor();
    return button === ERASER_END && tool.writes ? this.#eraser : tool;
  }

  /** @returns {Pinch} of the first two fingers */
  #span() {
    const [one, two] = this.#fingers.values();
    const apart = Math.hypot(one.clientX - two.clientX, one.clientY - two.clientY);
    return { x: (one.clientX + two.clientX) / 2, y: (one.clientY + two.clientY) / 2, apart: Math.max(apart, 1) };
  }

  /** @param {Pinch} before */
  #pinched(before) {
    const now = this.#span();
    this.#pinch = now;
    this.#camera.panBy(now.x - before.x, now.y - before.y);
    this.#camera.zoomTo(this.#camera.zoom * (now.apart / before.apart), now.x, now.y);
  }

  /** @param {WheelEvent} event */
  #wheel(event) {
    event.preventDefault();
    const unit = [1, 16, 800][event.deltaMode];
    const dx = event.deltaX * unit;
    const dy = event.deltaY * unit;
    if (event.ctrlKey || event.metaKey) {
      // A trackpad's pinch comes as many small steps, a wheel's notch as one of about 100: tame the latter.
      const zoomed = this.#camera.zoom * Math.exp(Math.max(-25, Math.min(25, -dy)) / 100);
      this.#camera.zoomTo(zoomed, event.clientX, event.clientY);
    } else if (event.shiftKey && dx === 0) this.#camera.panBy(-dy, 0);
    else this.#camera.panBy(-dx, -dy);
  }

  /** @param {PointerEvent} event @returns {Sample} */
  #sample({ clientX, clientY }) {
    const [x, y] = this.#camera.toBoard(clientX, clientY);
    return { x, y, clientX, clientY };
  }
}
