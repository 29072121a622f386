import { settings } from "../ground/settings.ts";
import type { Page } from "../page.ts";
import { toast } from "../site/toast.ts";
import type { ToolName } from "../types/tool.ts";
import type { Command } from "./command.ts";

/** Every tool with its keys: Excalidraw's numbers, and the letters that it shares with tldraw. */
const TOOLS: [string, string, string[]][] = [
  ["select", "Select", ["V", "1"]],
  ["hand", "Hand", ["H"]],
  ["rectangle", "Rectangle", ["R", "2"]],
  ["diamond", "Diamond", ["D", "3"]],
  ["ellipse", "Ellipse", ["O", "4"]],
  ["arrow", "Arrow", ["A", "5"]],
  ["line", "Line", ["L", "6"]],
  ["pen", "Pen", ["P", "7", "B", "X"]],
  ["text", "Text", ["T", "8"]],
  ["image", "Picture", ["9"]],
  ["eraser", "Eraser", ["E", "0"]],
  ["note", "Sticky note", ["N", "S"]],
  ["highlighter", "Highlighter", ["Shift+P"]],
  ["frame", "Frame", ["F"]],
  ["laser", "Laser pointer", ["K"]],
];

export const tools: Command[] = [
  ...TOOLS.map(([name, title, keys]) => ({
    id: name,
    title,
    keys,
    kind: "Tools",
    when: ({ hand }: Page) => hand.mayUse(name as ToolName),
    run: ({ hand }: Page) => hand.tool(name as ToolName),
  })),
  {
    id: "keep-tool",
    title: "Keep the tool in hand",
    kind: "Tools",
    keys: ["Q"],
    writes: true,
    checked: () => settings.keepTool,
    run: () => {
      settings.set({ keepTool: !settings.keepTool });
      toast("info", settings.keepTool ? "The tool stays in hand." : "After each shape comes the select tool.");
    },
  },
];
