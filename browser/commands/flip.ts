import type { Editor } from "../editor.ts";
import { kindOf } from "../kinds/index.ts";
import { mirrored } from "../kinds/mirror.ts";
import { settled } from "../select/place.ts";
import { free, patch, someFree } from "../select/selected.ts";
import type { Command } from "./command.ts";

/** About the middle of the selection. */
function mirror(editor: Editor, axis: "x" | "y") {
  const shapes = free(editor);
  const ids = new Set(shapes.map(({ id }) => id));
  const all = editor.shapes.bounds([...ids]);
  if (!all) return;
  const at = axis === "x" ? (all.left + all.right) / 2 : (all.top + all.bottom) / 2;
  patch(
    editor,
    new Map(
      shapes.map((shape) => [
        shape.id,
        mirrored(settled(shape, editor.shapes.find), kindOf(shape).box(shape, editor.shapes.find), axis, at, ids),
      ]),
    ),
  );
}

export const flip: Command[] = [
  {
    id: "flip-x",
    title: "Flip left to right",
    kind: "Arrange",
    keys: ["Shift+H"],
    writes: true,
    when: someFree,
    run: (editor) => mirror(editor, "x"),
  },
  {
    id: "flip-y",
    title: "Flip upside down",
    kind: "Arrange",
    keys: ["Shift+V"],
    writes: true,
    when: someFree,
    run: (editor) => mirror(editor, "y"),
  },
];
