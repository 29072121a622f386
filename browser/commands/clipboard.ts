import { pasteAsked } from "../clipboard/clipboard.ts";
import { copyPng, copySvg } from "../clipboard/copying.ts";
import { some, someFree } from "../select/selected.ts";
import type { Command } from "./command.ts";

/** The keys of the first three make the browser's events, which browser/clipboard/clipboard.ts follows; a menu asks for the same. */
export const clipboard: Command[] = [
  {
    id: "cut",
    title: "Cut",
    kind: "Edit",
    keys: ["Ctrl+X"],
    native: true,
    writes: true,
    when: ({ board }) => someFree(board),
    run: () => document.execCommand("cut"),
  },
  {
    id: "copy",
    title: "Copy",
    kind: "Edit",
    keys: ["Ctrl+C"],
    native: true,
    when: ({ board }) => some(board),
    run: () => document.execCommand("copy"),
  },
  { id: "paste", title: "Paste", kind: "Edit", keys: ["Ctrl+V"], native: true, writes: true, run: pasteAsked },
  { id: "copy-svg", title: "Copy as SVG", kind: "Edit", keys: ["Ctrl+Shift+C"], run: copySvg },
  { id: "copy-png", title: "Copy as PNG", kind: "Edit", keys: ["Shift+Alt+C"], run: copyPng },
];
