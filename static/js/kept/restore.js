// @ts-check
import { fitted } from "../fitting.js";
import { startRenaming } from "../rename.js";
import { merged } from "../text/merge.js";
import { asShapes } from "./unfinished.js";

/** @import { Editor } from "../editor.js" */
/** @import { Work } from "./unfinished.js" */

/**
 * Puts on the board what this person was making when a page died, as one change. What no longer fits there is set aside.
 * @param {Editor} editor @param {Work} work
 */
export function restore(editor, { shapes, writings, title }) {
  const put = shapes.filter(({ id }) => !editor.shapes.has(id)); // else it came through just before
  if (!editor.mayEdit) return editor.setAside("You may only look at this board now.", asShapes({ shapes: put, writings, title }));
  /** @type {Record<string, object>} */
  const patch = {};
  for (const { shape, before, field = "text" } of writings) {
    const now = editor.shapes.get(shape.id);
    const [words, said] = [shape, now].map((one) => /** @type {any} */ (one)?.[field]);
    if (said === words) continue;
    // What others have written there since stays.
    if (now && field === "text") patch[shape.id] = { ...fitted(now, { text: merged(before, said, words) }), text: words, base: before };
    else if (now && said === before) patch[shape.id] = { alt: words };
    else editor.setAside(now ? "The description has been changed since you wrote this." : "What you were writing in was removed.", [shape]);
  }
  editor.commit({ put, patch });
  if (put.length || Object.keys(patch).length) editor.toast("info", "What you were making when the page closed is on the board.");
  if (title) startRenaming(document.querySelector(".naming > #title"), title);
}
