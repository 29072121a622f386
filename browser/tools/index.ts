import { toolNames } from "../kinds/declared.ts";
import type { Page } from "../page.ts";
import type { Tool, ToolName } from "../types/tool.ts";
import { Arrow } from "./arrow.ts";
import { Eraser } from "./eraser.ts";
import { Figure } from "./figure.ts";
import { Frame } from "./frame.ts";
import { Hand } from "./hand.ts";
import { Highlighter } from "./highlighter.ts";
import { Laser } from "./laser.ts";
import { Line } from "./line.ts";
import { Note } from "./note.ts";
import { Pen } from "./pen.ts";
import { Picture } from "./picture.ts";
import { Select } from "./select.ts";
import { Text } from "./text.ts";

/** By the name that its button carries in `data-tool`. Whatever is not here drags a box out. */
const TOOLS: Partial<Record<ToolName, new (page: Page, name: string) => Tool>> = {
  select: Select,
  hand: Hand,
  pen: Pen,
  highlighter: Highlighter,
  image: Picture,
  eraser: Eraser,
  laser: Laser,
  arrow: Arrow,
  line: Line,
  frame: Frame,
  text: Text,
  note: Note,
};

export function createTools(page: Page): Record<ToolName, Tool> {
  const made = toolNames.map((name) => [name, new (TOOLS[name] ?? Figure)(page, name)]);
  return Object.fromEntries(made) as Record<ToolName, Tool>;
}
