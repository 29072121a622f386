import { settings } from "../ground/settings.ts";
import type { Page } from "../page.ts";
import { some } from "../select/selected.ts";
import { toggleTheme } from "../site/theme.ts";
import type { Command } from "./command.ts";

/** One press of an arrow with nothing selected, in screen px. */
const PAN = 64;

const WAYS: [string, number, number][] = [
  ["Left", -1, 0],
  ["Right", 1, 0],
  ["Up", 0, -1],
  ["Down", 0, 1],
];

export const view: Command[] = [
  {
    id: "zoom-in",
    title: "Zoom in",
    kind: "View",
    keys: ["Ctrl+=", "Ctrl++"],
    run: ({ board }) => board.camera.step(1),
  },
  { id: "zoom-out", title: "Zoom out", kind: "View", keys: ["Ctrl+-"], run: ({ board }) => board.camera.step(-1) },
  {
    id: "zoom-life",
    title: "Zoom to 100 %",
    kind: "View",
    keys: ["Ctrl+0", "Shift+0"],
    run: ({ board }) => board.camera.zoomTo(1),
  },
  {
    id: "zoom-fit",
    title: "Fit the drawing",
    kind: "View",
    keys: ["Shift+1"],
    run: ({ board }) => board.camera.fit(board.shapes.bounds()),
  },
  {
    id: "zoom-selection",
    title: "Fit the selection",
    kind: "View",
    keys: ["Shift+2"],
    when: ({ board }) => some(board),
    run: ({ board }) => board.camera.fit(board.shapes.bounds([...board.selection.ids])),
  },
  ...WAYS.map(([way, dx, dy]) => ({
    id: `pan-${way.toLowerCase()}`,
    title: `Look ${way.toLowerCase()}`,
    kind: "",
    keys: [`Arrow${way}`],
    quiet: true,
    when: ({ board }: Page) => !some(board),
    run: ({ board }: Page) => board.camera.panBy(-PAN * dx, -PAN * dy),
  })),
  { id: "theme", title: "Light or dark", kind: "View", keys: ["Alt+Shift+D"], run: () => toggleTheme() },
  {
    id: "grid",
    title: "Dots on the paper",
    kind: "View",
    keys: ["Ctrl+'"],
    checked: () => settings.grid,
    run: () => settings.set({ grid: !settings.grid }),
  },
  {
    id: "snap",
    title: "Snap to grid and shapes",
    kind: "View",
    keys: ["Alt+Shift+S"],
    writes: true,
    checked: () => settings.snap,
    run: () => settings.set({ snap: !settings.snap }),
  },
  {
    id: "wheel",
    title: "Wheel zooms",
    kind: "View",
    checked: () => settings.wheel === "zoom",
    run: () => settings.set({ wheel: settings.wheel === "zoom" ? "pan" : "zoom" }),
  },
  {
    id: "others",
    title: "Others' cursors",
    kind: "View",
    checked: () => settings.others,
    run: () => settings.set({ others: !settings.others }),
  },
  {
    id: "shown",
    title: "My cursor for others",
    kind: "View",
    checked: () => settings.shown,
    run: () => settings.set({ shown: !settings.shown }),
  },
  {
    id: "announce",
    title: "Announce what others do",
    kind: "View",
    checked: () => settings.announce,
    run: () => settings.set({ announce: !settings.announce }),
  },
];
