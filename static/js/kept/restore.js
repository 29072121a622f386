// @ts-check
import { fitted } from "../fitting.js";
import { merged } from "../text/merge.js";

/** @import { Editor } from "../editor.js" */
/** @import { Work } from "./unfinished.js" */

/**
 * Puts on the board what this person was making when a page died, as one change. What no longer fits there is set aside.
 * @param {Editor} editor @param {Work} work
 */
export function restore(editor, { shapes, writings }) {
  const put = shapes.filter(({ id }) => !editor.shapes.has(id)); // else it came through just before
  if (!editor.mayEdit) return editor.setAside("You may only look at this board now.", [...put, ...writings.map(({ shape }) => shape)]);
  /** @type {Record<string, object>} */
  const patch = {};
  for (const { shape, before } of writings) {
    const now = editor.shapes.get(shape.id);
    const text = "text" in shape ? shape.text : "";
    const said = now && "text" in now ? now.text : null;
    if (said === text) continue;
    // What others have written there since stays.
    if (now && said !== null) patch[shape.id] = { ...fitted(now, { text: merged(before, said, text) }), text, base: before };
    else editor.setAside("What you were writing in was removed.", [shape]);
  }
  editor.commit({ put, patch });
  if (put.length || Object.keys(patch).length) editor.toast("info", "What you were making when the page closed is on the board.");
}
