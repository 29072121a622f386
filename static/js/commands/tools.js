// @ts-check
import { settings } from "../settings.js";

/** @import { Command } from "../commands.js" */
/** @import { ToolName } from "../tools/index.js" */

/** Every tool with its keys: Excalidraw's numbers, and the letters that it shares with tldraw. @type {[string, string, string[]][]} */
const TOOLS = [
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

/** @type {Command[]} */
export const tools = [
  ...TOOLS.map(([name, title, keys]) => ({
    id: name,
    title,
    keys,
    kind: "Tools",
    when: (/** @type {import("../editor.js").Editor} */ editor) => editor.mayUse(/** @type {ToolName} */ (name)),
    run: (/** @type {import("../editor.js").Editor} */ editor) => editor.tool(/** @type {ToolName} */ (name)),
  })),
  {
    id: "keep-tool",
    title: "Keep the tool in hand",
    kind: "Tools",
    keys: ["Q"],
    writes: true,
    checked: () => settings.keepTool,
    run: (editor) => {
      settings.set({ keepTool: !settings.keepTool });
      editor.toast("info", settings.keepTool ? "The tool stays in hand." : "After each shape comes the select tool.");
    },
  },
];
