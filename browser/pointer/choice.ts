import { writes } from "../ground/writes.ts";
import type { Hand } from "../hand.ts";
import type { Tool, ToolName } from "../types/tool.ts";
import { penMode } from "./pen-mode.ts";
import { ERASER_END, MIDDLE, RIGHT } from "./press.ts";

/** Which tool a press means: the one that was chosen, the hand, or the eraser. */
export class Choice {
  /** Whether the space bar is down: then every tool is the hand. */
  space = false;
  #hand;
  #tools;

  constructor(hand: Hand, tools: Record<ToolName, Tool>) {
    this.#hand = hand;
    this.#tools = tools;
  }

  /** The tool that was chosen. */
  get chosen(): Tool {
    return this.#tools[this.#hand.toolName];
  }

  of(button: number, pointerType?: string): Tool {
    const { chosen } = this;
    if (this.space || button === MIDDLE) return this.#tools.hand;
    if (button === ERASER_END || (button === RIGHT && pointerType === "pen"))
      return writes(chosen.name) ? this.#tools.eraser : chosen;
    if (button === RIGHT || (pointerType === "touch" && penMode.on && !chosen.patient && !chosen.fingers))
      return this.#tools.hand;
    return chosen;
  }

  pans(tool: Tool | undefined) {
    return tool === this.#tools.hand;
  }
}
