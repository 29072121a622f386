import type { Command } from "./command.ts";

/** browser/panels/finder.ts hears of it. */
function tell(event: "open" | "next" | "previous") {
  document.getElementById("find")?.dispatchEvent(new Event(event));
}

export const find: Command[] = [
  { id: "find-text", title: "Find on this board", kind: "View", keys: ["Ctrl+F"], run: () => tell("open") },
  { id: "find-next", title: "Next match", kind: "View", keys: ["F3"], quiet: true, run: () => tell("next") },
  {
    id: "find-previous",
    title: "Match before",
    kind: "View",
    keys: ["Shift+F3"],
    quiet: true,
    run: () => tell("previous"),
  },
];
