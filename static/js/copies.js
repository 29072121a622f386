// @ts-check
import { newId } from "./identifiers.js";
import { settled } from "./select/place.js";

/** @import { Find, Shape } from "./types.js" */

/**
 * The shapes once more, with ids of their own. Groups stay together, arrows are bound to the copies of what they were bound
 * to; to what is not copied they are bound no more than `keep` allows, and stay as they are seen.
 * @template {Shape} S
 * @param {S[]} shapes @param {number} dx @param {number} dy @param {(id: string) => boolean} [keep] by default what is not copied holds no copy
 * @param {Find} [find] what lines are bound to; by default those of `shapes`
 * @returns {S[]}
 */
export function copies(shapes, dx, dy, keep = () => false, find = (id) => shapes.find((shape) => shape.id === id)) {
  const ids = new Map(shapes.map(({ id }) => [id, newId()]));
  /** @type {Map<string, string>} */
  const groups = new Map();
  const groupOf = (/** @type {string} */ group) => {
    if (group && !groups.has(group)) groups.set(group, newId());
    return groups.get(group) ?? "";
  };
  const bound = (/** @type {{ id: string, at: [number, number] } | null} */ binding) => {
    const copy = binding && ids.get(binding.id);
    if (copy) return { ...binding, id: copy };
    return binding && keep(binding.id) ? binding : null;
  };
  return shapes.map((shape) => {
    const { z: _, ...fields } = settled(shape, find);
    const copy = { ...fields, id: ids.get(shape.id) ?? newId(), x: shape.x + dx, y: shape.y + dy, group: groupOf(shape.group), locked: false };
    return /** @type {S} */ ("from" in shape ? { ...copy, from: bound(shape.from), to: bound(shape.to) } : copy);
  });
}
