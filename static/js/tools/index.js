// @ts-check
import { Eraser } from "./eraser.js";
import { Hand } from "./hand.js";
import { Highlighter } from "./highlighter.js";
import { Laser } from "./laser.js";
import { Pen } from "./pen.js";
import { Select } from "./select.js";

/** @import { Editor } from "../editor.js" */
/** @import { Tool } from "../types.js" */

/** @typedef {keyof typeof TOOLS} ToolName */

/** Every tool, by the name that its button carries in `data-tool`. */
const TOOLS = {
  select: Select,
  hand: Hand,
  pen: Pen,
  highlighter: Highlighter,
  eraser: Eraser,
  laser: Laser,
};

/** @param {Editor} editor @returns {Record<ToolName, Tool>} */
export function createTools(editor) {
  const made = Object.entries(TOOLS).map(([name, Tool]) => [name, new Tool(editor)]);
  return /** @type {Record<ToolName, Tool>} */ (Object.fromEntries(made));
}
