// @ts-check
import { Arrow } from "./arrow.js";
import { Diamond } from "./diamond.js";
import { Ellipse } from "./ellipse.js";
import { Eraser } from "./eraser.js";
import { Frame } from "./frame.js";
import { Hand } from "./hand.js";
import { Highlighter } from "./highlighter.js";
import { Laser } from "./laser.js";
import { Line } from "./line.js";
import { Note } from "./note.js";
import { Pen } from "./pen.js";
import { Picture } from "./picture.js";
import { Rectangle } from "./rectangle.js";
import { Select } from "./select.js";
import { Text } from "./text.js";

/** @import { Editor } from "../editor.js" */
/** @import { Tool } from "../types.js" */

/** @typedef {keyof typeof TOOLS} ToolName */

/** Every tool, by the name that its button carries in `data-tool`. */
const TOOLS = {
  select: Select,
  hand: Hand,
  pen: Pen,
  highlighter: Highlighter,
  image: Picture,
  eraser: Eraser,
  laser: Laser,
  rectangle: Rectangle,
  diamond: Diamond,
  ellipse: Ellipse,
  arrow: Arrow,
  line: Line,
  frame: Frame,
  text: Text,
  note: Note,
};

/** @param {Editor} editor @returns {Record<ToolName, Tool>} */
export function createTools(editor) {
  const made = Object.entries(TOOLS).map(([name, Tool]) => [name, new Tool(editor)]);
  return /** @type {Record<ToolName, Tool>} */ (Object.fromEntries(made));
}
