import { newId } from "../ground/identifiers.ts";
import type { Find, Shape } from "../types/shape.ts";
import { settled } from "./transforms.ts";

/**
 * The shapes once more, with ids of their own. Groups stay together, arrows are bound to the copies of what they were bound
 * to; to what is not copied they are bound no more than `keep` allows, and stay as they are seen.
 * @param keep by default what is not copied holds no copy
 * @param find what lines are bound to; by default those of `shapes`
 */
export function copies<S extends Shape>(
  shapes: S[],
  dx: number,
  dy: number,
  keep: (id: string) => boolean = () => false,
  find: Find = (id) => shapes.find((shape) => shape.id === id),
): S[] {
  const ids = new Map(shapes.map(({ id }) => [id, newId()]));
  const groups: Map<string, string> = new Map();
  const groupOf = (group: string) => {
    if (group && !groups.has(group)) groups.set(group, newId());
    return groups.get(group) ?? "";
  };
  const bound = (binding: { id: string; at: [number, number] } | null) => {
    const copy = binding && ids.get(binding.id);
    if (copy) return { ...binding, id: copy };
    return binding && keep(binding.id) ? binding : null;
  };
  return shapes.map((shape) => {
    const { z: _, ...fields } = settled(shape, find);
    const copy = {
      ...fields,
      id: ids.get(shape.id) ?? newId(),
      x: shape.x + dx,
      y: shape.y + dy,
      group: groupOf(shape.group),
      locked: false,
    };
    return ("from" in shape ? { ...copy, from: bound(shape.from), to: bound(shape.to) } : copy) as S;
  });
}
