import type { Kind } from "../types/kind.ts";
import type { Find, Line } from "../types/shape.ts";
import { boundPoints } from "./bind.ts";
import { distanceTo, grown, mapping, movedTo, scaled } from "./boxes.ts";
import { placedLabel } from "./caption.ts";
import { coursePath, distinct, extent, flattened } from "./course.ts";
import { distanceToLine } from "./curve.ts";
import { cutPath } from "./gap.ts";
import { bounds, union } from "./geometry.ts";
import { headPaths, headPlaces } from "./heads.ts";
import { labelSvg } from "./label.ts";
import { group, origin, pencil } from "./markup.ts";

/** Lines and arrows. */
export const line: Kind<Line> = {
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

/** A line's points as they are seen, none twice in a row. */
export function linePoints(shape: Line, find: Find) {
  return distinct(boundPoints(shape, find));
}
