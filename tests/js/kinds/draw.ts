/** Draws and measures the shapes that it reads: a JSON list of boards, each a list of shapes. For tests/unit/drawing/test_markup.py. */
import { readFileSync } from "node:fs";
import { source } from "../../../browser/kinds/image.ts";
import { boardBox, kindOf, svg } from "../../../browser/kinds/index.ts";
import type { Shape } from "../../../browser/types/shape.ts";

source.images = "/boards/b1/images/";
const boards: Shape[][] = JSON.parse(readFileSync(0, "utf8"));
const drawn = boards.map((shapes) => {
  const byId = new Map(shapes.map((shape) => [shape.id, shape]));
  const find = (id: string) => byId.get(id);
  return shapes.map((shape) => ({
    svg: svg(shape, find),
    bounds: Object.values(boardBox(shape, find)),
    box: Object.values(kindOf(shape).box(shape, find)),
  }));
});
process.stdout.write(JSON.stringify(drawn));
