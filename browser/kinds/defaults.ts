import type { Shape } from "../types/shape.ts";

/** The fields of each kind of shape, as the server fills them in. */

const COMMON = { color: "black", x: 0, y: 0, rotation: 0, opacity: 1, group: "", locked: false };
const LINE = {
  width: 4,
  points: [0, 0],
  curved: false,
  dash: "solid",
  start: "none",
  end: "none",
  from: null,
  to: null,
  text: "",
  size: 20,
};
const FIGURE = {
  w: 0,
  h: 0,
  width: 4,
  dash: "solid",
  fill: "none",
  fillColor: "",
  radius: 0,
  text: "",
  size: 20,
  align: "center",
};

const FIELDS: Record<Shape["kind"], object> = {
  stroke: { width: 4, points: [0, 0], pressures: [] },
  line: LINE,
  arrow: { ...LINE, end: "arrow" },
  rectangle: { ...FIGURE, radius: 12 },
  ellipse: FIGURE,
  diamond: FIGURE,
  text: { w: 0, text: "", size: 24, align: "left" },
  note: { w: 200, h: 200, text: "", size: 20, align: "center" },
  frame: { w: 0, h: 0, text: "" },
  image: { w: 0, h: 0, file: "", alt: "", crop: null, flip: "" },
};

export const KINDS = Object.keys(FIELDS);

/** A shape with every field of its kind; those of `fields` that the kind has not are left out, so that a style may be passed whole. */
export function complete<K extends Shape["kind"]>(
  kind: K,
  id: string,
  fields: Record<string, any> = {},
): Extract<Shape, { kind: K }> {
  const all = { ...COMMON, ...FIELDS[kind] };
  const given = Object.fromEntries(Object.entries(fields).filter(([name]) => name in all || name === "z"));
  return { id, kind, ...all, ...given } as any;
}

/** Whether shapes of this kind have the field. */
export function has(kind: Shape["kind"], field: string) {
  return field in COMMON || field in FIELDS[kind];
}

/** Fields that a put always has, whatever their values. */
const GIVEN = ["id", "kind", "points", "w", "h", "text", "file"];

/** The shape without the fields that the server fills in by itself. */
export function lean(shape: Shape): Partial<Shape> {
  const defaults = { ...COMMON, ...FIELDS[shape.kind] } as Record<string, unknown>;
  const differs = Object.entries(shape).filter(
    ([name, value]) => GIVEN.includes(name) || JSON.stringify(value) !== JSON.stringify(defaults[name]),
  );
  return Object.fromEntries(differs) as Partial<Shape>;
}
