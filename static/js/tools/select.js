// @ts-check
/** @import { Editor } from "../editor.js" */
/** @import { Change, Sample, Tool } from "../types.js" */

/** How near to a shape a click counts, in screen px. */
const MARGIN = 8;

/** Selects and transforms. @implements {Tool} */
export class Select {
  name = "select";
  writes = false;
  patient = true;

  #editor;

  /** @param {Editor} editor */
  constructor(editor) {
    this.#editor = editor;
  }

  /** @param {Sample} sample */
  press({ x, y, shift }) {
    const { shapes, selection, camera } = this.#editor;
    const [id] = shapes.at(x, y, MARGIN / camera.zoom);
    if (id === undefined) return shift || selection.clear();
    if (shift) selection.toggle(id);
    else selection.set([id]);
  }

  move() {}

  /** @returns {Change | null} */
  release() {
    return null;
  }

  cancel() {
    const { selection } = this.#editor;
    const any = selection.ids.size > 0;
    selection.clear();
    return any;
  }
}
