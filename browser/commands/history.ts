import type { Command } from "./command.ts";

/** browser/history/panel.ts hears of it. */
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
];
