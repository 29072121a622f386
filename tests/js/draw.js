// @ts-check
/** Draws and measures the shapes that it reads: a JSON list of boards, each a list of shapes. For tests/unit/test_markup.py. */
import { readFileSync } from "node:fs";
import { boardBox, kindOf, svg } from "../../static/js/kinds/index.js";
import { source } from "../../static/js/kinds/image.js";

/** @import { Shape } from "../../static/js/types.js" */

source.images = "/boards/b1/images/";
/** @type {Shape[][]} */
const boards = JSON.parse(readFileSync(0, "utf8"));
const drawn = boards.map((shapes) => {
  const byId = new Map(shapes.map((shape) => [shape.id, shape]));
  /** @param {string} id */
  const find = (id) => byId.get(id);
  return shapes.map((shape) => ({ svg: svg(shape, find), bounds: Object.values(boardBox(shape, find)), box: Object.values(kindOf(shape).box(shape, find)) }));
});
process.stdout.write(JSON.stringify(drawn));
