import { openDialog } from "../site/dialogs.ts";
import type { Command } from "./command.ts";

export const help: Command[] = [
  {
    id: "palette",
    title: "Find a command",
    kind: "Help",
    keys: ["Ctrl+/", "Ctrl+K", "Ctrl+Shift+P"],
    quiet: true,
    run: () => openDialog("palette"),
  },
  { id: "help", title: "Keys and gestures", kind: "Help", keys: ["?", "Ctrl+Alt+/"], run: () => openDialog("help") },
  {
    id: "outline",
    title: "List of what is on the board",
    kind: "Help",
    keys: ["Alt+L"],
    run: () => openDialog("outline"),
  },
];
