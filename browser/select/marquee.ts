import type { Editor } from "../editor.ts";
import type { Box, Sample } from "../types.ts";

/**
 * Selects what a box touches, as tldraw does; with Ctrl only what lies wholly in it. Frames are selected from outside only,
 * locked shapes never.
 */
export class Marquee {
  #editor;
  #start;
  /** What was selected */
  #before: string[];
  /** What stays selected */
  #kept: string[];

  constructor(editor: Editor, start: Sample) {
    this.#editor = editor;
    this.#start = start;
    this.#before = [...editor.selection.ids];
    this.#kept = start.shift ? this.#before : [];
  }

  move({ x, y, ctrl }: Sample) {
    const { overlay, selection, shapes } = this.#editor;
    const box: Box = {
      left: Math.min(x, this.#start.x),
      top: Math.min(y, this.#start.y),
      right: Math.max(x, this.#start.x),
      bottom: Math.max(y, this.#start.y),
    };
    const found = ctrl ? shapes.inside(box) : shapes.touching(box);
    selection.set([...this.#kept, ...found.filter((id) => !shapes.get(id)?.locked)]);
    overlay.marquee = box;
    overlay.changed();
  }

  release() {
    this.#end();
  }

  cancel() {
    this.#editor.selection.set(this.#before);
    this.#end();
  }

  #end() {
    this.#editor.overlay.marquee = null;
    this.#editor.overlay.changed();
  }
}
