import { some } from "../select/selected.ts";
import type { Command } from "./command.ts";

/** browser/blame/panel.ts hears of it. It is there for people who may see the board's history. */
const panel = () => document.getElementById("authors");

/** browser/blame/since.ts hears of it. */
const missed = () => document.querySelector("#since:not([hidden])");

export const blame: Command[] = [
  {
    id: "who",
    title: "Who drew this",
    kind: "View",
    when: ({ board }) => panel() !== null && some(board),
    run: () => panel()?.dispatchEvent(new Event("who")),
  },
  {
    id: "authors",
    title: "Show who drew what",
    kind: "View",
    keys: ["Alt+Shift+A"],
    when: () => panel() !== null,
    run: () => panel()?.dispatchEvent(new Event("tint")),
  },
  {
    id: "news-next",
    title: "Next change since you were here",
    kind: "View",
    keys: ["F8"],
    when: () => missed() !== null,
    run: () => missed()?.dispatchEvent(new Event("next")),
  },
  {
    id: "news-previous",
    title: "Change before, since you were here",
    kind: "View",
    keys: ["Shift+F8"],
    quiet: true,
    when: () => missed() !== null,
    run: () => missed()?.dispatchEvent(new Event("previous")),
  },
];
