import { openDialog } from "../site/dialogs.ts";
import type { Command } from "./command.ts";

/** browser/panels/timer.ts hears of it. */
const panel = () => document.getElementById("timer");
const shown = () => panel()?.hidden === false;
const ask = (what: string) => () => void panel()?.dispatchEvent(new Event(what));

export const timer: Command[] = [
  {
    id: "timer",
    title: "Start a timer",
    kind: "View",
    keys: ["Alt+Shift+T"],
    writes: true,
    when: () => panel() !== null,
    run: () => openDialog("start-timer"),
  },
  {
    id: "timer-pause",
    title: "Pause the timer, or let it go on",
    kind: "",
    writes: true,
    when: shown,
    run: ask("pause"),
  },
  { id: "timer-add", title: "Add a minute to the timer", kind: "", writes: true, when: shown, run: ask("add") },
  { id: "timer-end", title: "Remove the timer", kind: "", writes: true, when: shown, run: ask("end") },
];
