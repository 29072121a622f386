// @ts-check
import { sample } from "./sampling.js";

/** @import { Camera } from "./camera.js" */
/** @import { Tool } from "./types.js" */

/** A pointer over the board with nothing pressed: the tool is told once a frame where, and may say which cursor it has there. */
export class Hover {
  #surface;
  #camera;
  #tool;
  /** @type {PointerEvent | null} */
  #event = null;

  /** @param {HTMLElement} surface @param {Camera} camera @param {() => Tool | null} tool that would be pressed; null while one is */
  constructor(surface, camera, tool) {
    this.#surface = surface;
    this.#camera = camera;
    this.#tool = tool;
  }

  /** @param {PointerEvent} event */
  move(event) {
    if (event.pointerType === "touch" || !this.#tool()?.hover) return;
    if (!this.#event) requestAnimationFrame(() => this.#tell());
    this.#event = event;
  }

  end() {
    this.#event = null;
  }

  #tell() {
    const event = this.#event;
    this.#event = null;
    const tool = this.#tool();
    if (event && tool) this.#surface.style.cursor = tool.hover?.(sample(event, this.#camera), event.pointerType) ?? "";
  }
}
