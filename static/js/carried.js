// @ts-check
import { frameOf } from "./touch.js";

/** @import { Editor } from "./editor.js" */

/** These, and what lies in the frames among them. @param {Editor} editor @param {Iterable<string>} ids @returns {string[]} bottom to top */
export function carried({ shapes }, ids) {
  const all = new Set(ids);
  for (const id of ids) {
    const shape = shapes.get(id);
    if (shape?.kind !== "frame") continue;
    for (const inner of shapes.inside(frameOf(shape, shapes.find))) if (!shapes.get(inner)?.locked) all.add(inner);
  }
  return shapes.sorted(all);
}
