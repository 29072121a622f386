// Which text a person means by a place on the board.

import type { Board } from "../board.ts";
import { newId } from "../ground/identifiers.ts";
import type { Hand } from "../hand.ts";
import { bindingAt } from "../kinds/binding.ts";
import { complete } from "../kinds/defaults.ts";
import { toTwentieths } from "../kinds/rounding.ts";
import { LINE } from "../text/layout.ts";
import type { Shape } from "../types/shape.ts";

/** Whoever writes anywhere in a figure of this size means its label; in a larger one, this near to its middle. In screen px. */
const LABELLED = 400;
const MIDDLE = 40;

/** The empty figure whose label is meant: in a large one, only in its middle. @returns its id */
export function figureAt({ shapes, camera }: Board, x: number, y: number): string | undefined {
  const binding = bindingAt(shapes, x, y, 0);
  const shape = binding ? shapes.get(binding.id) : undefined;
  if (!binding || !shape || shape.locked || !("radius" in shape)) return undefined;
  const middle = Math.hypot(shape.w * (binding.at[0] - 0.5), shape.h * (binding.at[1] - 0.5));
  const means = Math.max(shape.w, shape.h) * camera.zoom <= LABELLED || middle * camera.zoom <= MIDDLE;
  return means ? shape.id : undefined;
}

/** A new text. @param y the middle of the first line's beginning */
export function textAt(hand: Hand, x: number, y: number): Shape {
  const style = hand.styleOf("text");
  const top = y - (LINE * style.size) / 2;
  return complete("text", newId(), { ...style, x: toTwentieths(x), y: toTwentieths(top) });
}
