import type { Editor } from "../editor.ts";
import { free, patch, someFree } from "../select/selected.ts";
import { backward, forward } from "../select/stacking.ts";
import type { Command } from "./command.ts";

/** The selection keeps its own order: those that ask for the same place are listed bottom first. */
function to(editor: Editor, z: "front" | "back") {
  patch(editor, new Map(free(editor).map(({ id }) => [id, { z }])));
}

/** Past the next shape that it touches: past one that lies elsewhere nothing would be seen. */
function past(editor: Editor, step: typeof forward) {
  const ids = free(editor).map(({ id }) => id);
  const boxes = ids.flatMap((id) => editor.shapes.bounds([id]) ?? []);
  const touching = new Set(boxes.flatMap((box) => editor.shapes.touching(box)));
  patch(editor, step(editor.shapes.ordered(), new Set(ids), touching));
}

export const order: Command[] = [
  {
    id: "front",
    title: "Bring to front",
    keys: ["Ctrl+Shift+]", "]", "Ctrl+Alt+]"],
    run: (editor: Editor) => to(editor, "front"),
  },
  { id: "forward", title: "Bring forward", keys: ["Ctrl+]", "Alt+]"], run: (editor: Editor) => past(editor, forward) },
  {
    id: "backward",
    title: "Send backward",
    keys: ["Ctrl+[", "Alt+["],
    run: (editor: Editor) => past(editor, backward),
  },
  {
    id: "back",
    title: "Send to back",
    keys: ["Ctrl+Shift+[", "[", "Ctrl+Alt+["],
    run: (editor: Editor) => to(editor, "back"),
  },
].map((command) => ({ ...command, kind: "Arrange", writes: true, when: someFree }));
