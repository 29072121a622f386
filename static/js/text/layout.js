// @ts-check
/** Text in lines, by a table of our own: the same as app/geometry/layout.py, whatever fonts a machine has. */
import { RUNS } from "./advances.js";

/** Of the font size, from one line to the next. */
export const LINE = 1.25;

/** From a line's top: what CSS makes of the font's ascent 1.02 and descent 0.32. */
export const BASELINE = 0.975;

/** Px: widths are kept in hundredths. */
const SLACK = 0.01;

/** Advances are in thousandths of the font size. */
const EM = 1000;
const UNKNOWN = 600;
const IDEOGRAPH = 1000;
const EMOJI = 1250;
const TAB = 2000;
const JOINER = 0x200d;
const ELLIPSIS = 0x2026;

/** A word of more than this one may be broken behind it, as browsers do. */
const AFTER = "-‐–—…?";

/** First code points of ranges, and the advance from there on where the font has no glyph. */
const OTHERS = [
  [0x0000, UNKNOWN], [0x00ad, 0], [0x00ae, UNKNOWN], [0x0300, 0], [0x0370, UNKNOWN], [0x0483, 0], [0x048a, UNKNOWN], [0x0591, 0], [0x05be, UNKNOWN],
  [0x0610, 0], [0x061b, UNKNOWN], [0x064b, 0], [0x0660, UNKNOWN], [0x0e31, 0], [0x0e32, UNKNOWN], [0x0e34, 0],
  [0x0e3b, UNKNOWN], [0x0e47, 0], [0x0e4f, UNKNOWN], [0x1100, IDEOGRAPH], [0x1160, UNKNOWN], [0x200b, 0],
  [0x2010, UNKNOWN], [0x202a, 0], [0x202f, UNKNOWN], [0x2060, 0], [0x2070, UNKNOWN], [0x20d0, 0], [0x2100, UNKNOWN],
  [0x2600, IDEOGRAPH], [0x27c0, UNKNOWN], [0x2b00, IDEOGRAPH], [0x2c00, UNKNOWN], [0x2e80, IDEOGRAPH],
  [0xa4d0, UNKNOWN], [0xac00, IDEOGRAPH], [0xd7a4, UNKNOWN], [0xf900, IDEOGRAPH], [0xfb00, UNKNOWN], [0xfe00, 0],
  [0xfe10, UNKNOWN], [0xfe20, 0], [0xfe30, IDEOGRAPH], [0xfe50, UNKNOWN], [0xfeff, 0], [0xff00, IDEOGRAPH],
  [0xff61, UNKNOWN], [0xffe0, IDEOGRAPH], [0xffe7, UNKNOWN], [0x1f000, EMOJI], [0x1f3fb, 0], [0x1f400, EMOJI],
  [0x1fb00, UNKNOWN], [0x20000, IDEOGRAPH], [0x3fffe, UNKNOWN], [0xe0000, 0], [0xe01f0, UNKNOWN],
];

/** @type {Map<number, number>} */
const FONT = new Map();
for (const [first, run] of Object.entries(RUNS)) {
  for (const [n, wide] of run.split(" ").entries()) FONT.set(Number(first) + n, Number(wide));
}

/** @typedef {{ text: string, width: number }} Line width in px */
/** @typedef {"" | "space" | "word" | "single"} Sort of a piece that stays on one line if it can; a single is an ideograph or an emoji */

/** @type {Map<string, Line[]>} a shape is drawn and measured many times while it is in hand */
const known = new Map();
const MOST_KNOWN = 256;

/**
 * The text at `size` px in lines at most `w` px wide (0: as they are); a single character may be wider.
 * @param {string} text @param {number} size @param {number} [w] @returns {readonly Line[]}
 */
export function lines(text, size, w = 0) {
  const key = `${size} ${w} ${text}`;
  const before = known.get(key);
  if (before) return before;
  const limit = w ? ((w + SLACK) * EM) / size : Infinity;
  const found = [];
  for (const paragraph of text.split("\n")) {
    for (const [line, width] of wrapped(paragraph, limit)) found.push({ text: line, width: (width * size) / EM });
  }
  if (known.size === MOST_KNOWN) known.clear();
  known.set(key, found);
  return found;
}

/** As much of one line as is at most `w` px wide, with "…" for the rest. @param {string} text @param {number} size @param {number} w */
export function fitted(text, size, w) {
  const limit = ((w + SLACK) * EM) / size;
  let width = 0;
  let fits = "";
  let whole = true;
  for (const [char, wide] of measured(text)) {
    width += wide;
    if (width > limit) {
      whole = false;
      break;
    }
    if (width + advance(ELLIPSIS) <= limit) fits += char;
  }
  return whole ? text : `${fits}…`;
}

/** The advance of a code point, in thousandths of the font size. @param {number} point */
export function advance(point) {
  return FONT.get(point) ?? OTHERS[OTHERS.findLastIndex(([first]) => first <= point)][1];
}

/** @param {string} paragraph @param {number} limit @returns {Generator<[string, number]>} */
function* wrapped(paragraph, limit) {
  let line = "";
  let width = 0;
  let gap = "";
  let gapWidth = 0;
  for (const piece of pieces(paragraph)) {
    const text = piece.characters.map(([char]) => char).join("");
    if (piece.space) {
      gap = text;
      gapWidth = piece.width;
      continue;
    }
    if (width + gapWidth + piece.width <= limit) {
      line += gap + text;
      width += gapWidth + piece.width;
    } else {
      if (line) yield [line, width];
      line = "";
      width = 0;
      for (const [char, wide] of piece.characters) {
        if (line && wide && width + wide > limit) {
          yield [line, width];
          line = "";
          width = 0;
        }
        line += char;
        width += wide;
      }
    }
    gap = "";
    gapWidth = 0;
  }
  yield [line, width];
}

/** @param {string} paragraph @returns {Generator<{ characters: [string, number][], width: number, space: boolean }>} */
function* pieces(paragraph) {
  /** @type {[string, number][]} */
  let characters = [];
  let width = 0;
  /** @type {Sort} */
  let sort = "";
  for (const [char, wide] of measured(paragraph)) {
    const now = sortOf(char, wide);
    const broken = wide > 0 && characters.length > 1 && AFTER.includes(characters[characters.length - 1][0]) && !AFTER.includes(char);
    const joins = !broken && (sort === now ? now !== "single" : wide === 0 && sort !== "space");
    if (characters.length && !joins) {
      yield { characters, width, space: sort === "space" };
      characters = [];
      width = 0;
    }
    if (!characters.length || wide) sort = now;
    characters.push([char, wide]);
    width += wide;
  }
  if (characters.length) yield { characters, width, space: sort === "space" };
}

/** @param {string} char @param {number} wide @returns {Sort} */
function sortOf(char, wide) {
  if (char === " " || char === "\t") return "space";
  return wide === 0 || wide === UNKNOWN || FONT.has(pointOf(char)) ? "word" : "single";
}

/** Each character with its advance; an emoji that a joiner ties to the one before takes no room of its own. @param {string} text @returns {Generator<[string, number]>} */
function* measured(text) {
  let before = 0;
  for (const char of text) {
    const point = pointOf(char);
    const wide = char === "\t" ? TAB : advance(point);
    yield [char, before === JOINER && (wide === EMOJI || wide === IDEOGRAPH) ? 0 : wide];
    before = point;
  }
}

/** @param {string} char */
function pointOf(char) {
  return /** @type {number} */ (char.codePointAt(0));
}
