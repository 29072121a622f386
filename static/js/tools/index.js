// @ts-check
import { Eraser } from "./eraser.js";
import { Hand } from "./hand.js";
import { Pen } from "./pen.js";

/** @import { Camera } from "../camera.js" */
/** @import { Drafts } from "../draft.js" */
/** @import { Shapes } from "../shapes.js" */
/** @import { Style, Tool } from "../types.js" */

/** @typedef {"hand" | "pen" | "eraser"} ToolName */

/**
 * Every tool, by the name that its button carries in `data-tool`.
 * @param {{ shapes: Shapes, drafts: Drafts, camera: Camera, style: () => Style }} board
 * @returns {Record<ToolName, Tool>}
 */
export function createTools({ shapes, drafts, camera, style }) {
  return { hand: new Hand(camera), pen: new Pen(drafts, camera, style), eraser: new Eraser(shapes, camera) };
}
