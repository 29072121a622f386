import type { Command } from "./command.ts";

/** browser/history/panel.ts and browser/history/replay.ts hear of it. */
const panel = () => document.getElementById("history");

export const history: Command[] = [
  {
    id: "history",
    title: "History",
    kind: "View",
    keys: ["Alt+Y"],
    when: () => panel() !== null,
    run: () => panel()?.dispatchEvent(new Event("open")),
  },
  {
    id: "replay",
    title: "Replay how the board was drawn",
    kind: "View",
    keys: ["Alt+R"],
    when: () => panel() !== null,
    run: () => document.getElementById("replay")?.dispatchEvent(new Event("open")),
  },
];
