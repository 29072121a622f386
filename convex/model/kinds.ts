/** The kinds of shapes, and the fields that each has. A field means the same in every kind that has it. */
import { type Infer, v } from "convex/values";

const number = v.number();
const string = v.string();
const dash = v.union(v.literal("solid"), v.literal("dashed"), v.literal("dotted"));
const fill = v.union(v.literal("none"), v.literal("tint"), v.literal("solid"));
const align = v.union(v.literal("left"), v.literal("center"), v.literal("right"));
const flip = v.union(v.literal(""), v.literal("x"), v.literal("y"), v.literal("xy"));
const end = v.union(v.literal("none"), v.literal("arrow"), v.literal("triangle"), v.literal("dot"), v.literal("bar"));

/** What an arrow's end is bound to: a shape, and a place [u, v] in fractions of its local box. */
const binding = v.union(v.null(), v.object({ id: string, at: v.array(number) }));

/** `"owner"`: by the owner of the board, and so held against everybody else; see model/apply.ts. */
const locked = v.union(v.boolean(), v.literal("owner"));
export type Lock = Infer<typeof locked>;

/** What every shape has. */
const any = {
  z: number,
  color: string,
  x: number,
  y: number,
  rotation: number,
  opacity: number,
  group: string,
  locked,
};
const label = { text: string, size: number };
const box = { w: number, h: number };
const figure = {
  ...any,
  ...box,
  ...label,
  width: number,
  dash,
  fill,
  fillColor: v.optional(string),
  radius: number,
  align,
};
const line = {
  ...any,
  ...label,
  width: number,
  points: string,
  curved: v.boolean(),
  dash,
  start: end,
  end,
  from: binding,
  to: binding,
};

/**
 * `points`: whole tenths of a px relative to x, y; the first pair, then steps, joined by spaces. `pressures`: whole
 * hundredths. Shapes stored before an optional field existed lack it.
 */
export const kinds = {
  stroke: v.object({
    kind: v.literal("stroke"),
    ...any,
    width: number,
    points: string,
    pressures: v.optional(string),
    group: v.optional(string),
    locked: v.optional(locked),
  }),
  line: v.object({ kind: v.literal("line"), ...line }),
  arrow: v.object({ kind: v.literal("arrow"), ...line }),
  rectangle: v.object({ kind: v.literal("rectangle"), ...figure }),
  ellipse: v.object({ kind: v.literal("ellipse"), ...figure }),
  diamond: v.object({ kind: v.literal("diamond"), ...figure }),
  text: v.object({ kind: v.literal("text"), ...any, ...label, w: number, align }),
  note: v.object({ kind: v.literal("note"), ...any, ...box, ...label, align }),
  frame: v.object({ kind: v.literal("frame"), ...any, ...box, text: string }),
  image: v.object({
    kind: v.literal("image"),
    ...any,
    ...box,
    file: string,
    alt: string,
    crop: v.union(v.null(), v.array(number)),
    flip,
  }),
};
export type Kind = keyof typeof kinds;
export type Drawing = Infer<(typeof kinds)[Kind]>;

/** The optional fields of each kind, as shapes have them that were stored before these existed. */
const body = { fillColor: "" };
export const ABSENT: Partial<Record<Kind, Patch>> = {
  stroke: { group: "", locked: false, pressures: "" },
  rectangle: body,
  ellipse: body,
  diamond: body,
};

/** Fields of any kind, as a patch sets them. */
export const patchable = v
  .object({ ...line, ...figure, ...kinds.image.fields, pressures: string, fillColor: string })
  .omit("kind")
  .partial();
export type Patch = Infer<typeof patchable>;
