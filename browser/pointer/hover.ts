import type { Tool } from "../types/tool.ts";
import type { Camera } from "../view/camera.ts";
import { sample } from "./sampling.ts";

/** A pointer over the board with nothing pressed: the tool is told once a frame where, and may say which cursor it has there. */
export class Hover {
  #surface;
  #camera;
  #tool;
  #event: PointerEvent | null = null;

  /** @param tool that would be pressed; null while one is */
  constructor(surface: HTMLElement, camera: Camera, tool: () => Tool | null) {
    this.#surface = surface;
    this.#camera = camera;
    this.#tool = tool;
  }

  move(event: PointerEvent) {
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
