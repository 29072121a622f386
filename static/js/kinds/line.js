// @ts-check
import { distanceToLine } from "../curve.js";
import { bounds, union } from "../geometry.js";
import { boundPoints } from "./bind.js";
import { distanceTo, grown, mapping, movedTo, scaled } from "./boxes.js";
import { along, coursePath, distinct, extent, flattened, lengthOf } from "./course.js";
import { headPaths, headPlaces } from "./heads.js";
import { label, labelSvg } from "./label.js";
import { group, origin, pencil } from "./markup.js";

/** @import { Find, Kind, Line } from "../types.js" */

/** Letters of a label's line, of its size each. */
const LETTERS = 12;

/** Lines and arrows. @type {Kind<Line>} */
export const line = {
  resizing: "ends",
  label: (shape, find) => lineLabel(shape, linePoints(shape, find)),

  svg(shape, find) {
    const place = origin(shape);
    const points = linePoints(shape, find);
    const course = coursePath(points, shape.curved, place);
    const heads = headPaths(shape, flattened(points, shape.curved), place);
    const plain = pencil(shape.width, "solid");
    const whole = shape.dash === "solid" ? course + heads.open : course;
    return group(
      shape,
      `<path d="${whole}"${pencil(shape.width, shape.dash)}/>` +
        (heads.open && whole === course ? `<path d="${heads.open}"${plain}/>` : "") +
        (heads.filled && `<path d="${heads.filled}" fill="currentColor"${plain}/>`) +
        labelSvg(lineLabel(shape, points), place, "halo"),
    );
  },

  box: (shape, find) => extent(linePoints(shape, find), shape.curved),

  ink(shape, find) {
    const points = linePoints(shape, find);
    const heads = headPlaces(shape, flattened(points, shape.curved));
    const course = extent(points, shape.curved);
    const box = grown(heads.length ? union(course, bounds(heads)) : course, shape.width / 2);
    return shape.text ? union(box, lineLabel(shape, points).box) : box;
  },

  distance(shape, x, y, find) {
    const points = linePoints(shape, find);
    if (shape.text && distanceTo(lineLabel(shape, points).box, x, y) === 0) return 0;
    return Math.max(0, distanceToLine(flattened(points, shape.curved), x, y) - shape.width / 2);
  },

  resize(shape, from, to) {
    const map = mapping(from, to);
    return { ...movedTo(shape, map.x(0), map.y(0)), points: scaled(shape.points, map) };
  },
};

/** A line's points as they are seen, none twice in a row. @param {Line} shape @param {Find} find */
export function linePoints(shape, find) {
  return distinct(boundPoints(shape, find));
}

/** @param {Line} shape @param {number[]} points */
function lineLabel({ text, size, curved }, points) {
  const flat = flattened(points, curved);
  const { x, y } = along(flat, lengthOf(flat) / 2);
  const w = LETTERS * size;
  return label({ text, size, align: "center" }, { left: x - w / 2, w, middle: y });
}
