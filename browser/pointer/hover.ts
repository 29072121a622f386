import type { Tool } from "../types/tool.ts";
import type { Camera } from "../view/camera.ts";
import { sample } from "./sampling.ts";

/** Tells the tool, once a frame, where the pointer is while nothing is pressed. The tool may choose the cursor. */
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
