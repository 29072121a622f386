// @ts-check
import { distanceToLine } from "../curve.js";
import { bounds, union } from "../geometry.js";
import { boundPoints } from "./bind.js";
import { distanceTo, grown, mapping, movedTo, scaled } from "./boxes.js";
import { placedLabel } from "./caption.js";
import { coursePath, distinct, extent, flattened } from "./course.js";
import { cutPath } from "./gap.js";
import { headPaths, headPlaces } from "./heads.js";
import { labelSvg } from "./label.js";
import { group, origin, pencil } from "./markup.js";

/** @import { Find, Kind, Line } from "../types.js" */

/** Lines and arrows. @type {Kind<Line>} */
export const line = {
  resizing: "ends",
  label: (shape, find) => placedLabel(shape, linePoints(shape, find)).label,

  svg(shape, find) {
    const place = origin(shape);
    const points = linePoints(shape, find);
    const { label, gap } = placedLabel(shape, points);
    const course = gap ? cutPath(points, shape.curved, place, gap) : coursePath(points, shape.curved, place);
    const heads = headPaths(shape, flattened(points, shape.curved), place);
    const plain = pencil(shape.width, "solid");
    const whole = shape.dash === "solid" ? course + heads.open : course;
    return group(
      shape,
      `<path d="${whole}"${pencil(shape.width, shape.dash)}/>` +
        (heads.open && whole === course ? `<path d="${heads.open}"${plain}/>` : "") +
        (heads.filled && `<path d="${heads.filled}" fill="currentColor"${plain}/>`) +
        labelSvg(label, place),
    );
  },

  box: (shape, find) => extent(linePoints(shape, find), shape.curved),

  ink(shape, find) {
    const points = linePoints(shape, find);
    const heads = headPlaces(shape, flattened(points, shape.curved));
    const course = extent(points, shape.curved);
    const box = grown(heads.length ? union(course, bounds(heads)) : course, shape.width / 2);
    return shape.text ? union(box, placedLabel(shape, points).label.box) : box;
  },

  distance(shape, x, y, find) {
    const points = linePoints(shape, find);
    if (shape.text && distanceTo(placedLabel(shape, points).label.box, x, y) === 0) return 0;
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
