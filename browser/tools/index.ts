import type { Page } from "../page.ts";
import type { Tool, ToolName } from "../types/tool.ts";
import { Arrow } from "./arrow.ts";
import { Diamond } from "./diamond.ts";
import { Ellipse } from "./ellipse.ts";
import { Eraser } from "./eraser.ts";
import { Frame } from "./frame.ts";
import { Hand } from "./hand.ts";
import { Highlighter } from "./highlighter.ts";
import { Laser } from "./laser.ts";
import { Line } from "./line.ts";
import { Note } from "./note.ts";
import { Pen } from "./pen.ts";
import { Picture } from "./picture.ts";
import { Rectangle } from "./rectangle.ts";
import { Select } from "./select.ts";
import { Text } from "./text.ts";

/** Every tool, by the name that its button carries in `data-tool`. */
const TOOLS: Record<ToolName, new (page: Page) => Tool> = {
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

export function createTools(page: Page): Record<ToolName, Tool> {
  const made = Object.entries(TOOLS).map(([name, Tool]) => [name, new Tool(page)]);
  return Object.fromEntries(made) as Record<ToolName, Tool>;
}
