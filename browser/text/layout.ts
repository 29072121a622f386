/** Text in lines, by a table of our own: the same as app/drawing/layout.py, whatever fonts a machine has. */
import { RUNS } from "./advances.ts";
import { clusters, opportunities } from "./breaking.ts";
import { isWide, otherAdvance } from "./other-advances.ts";

/** Of the font size, from one line to the next. */
export const LINE = 1.25;

/** From a line's top: what CSS makes of the font's ascent 1.02 and descent 0.32. */
export const BASELINE = 0.975;

/** Px: widths are kept in hundredths. */
export const SLACK = 0.01;

/** Advances are in thousandths of the font size. */
const EM = 1000;
const TAB = 2000;
const ELLIPSIS = 0x2026;

/** Ties an emoji to the next. */
const JOINER = "\u200d";

/** A hyphen that only the end of a line shows, and how it shows there. */
const SOFT = "\u00ad";
const HYPHEN = "-";

const FONT: Map<number, number> = new Map();
for (const [first, run] of Object.entries(RUNS)) {
  for (const [n, wide] of run.split(" ").entries()) FONT.set(Number(first) + n, Number(wide));
}

/** Width in px */
type TextLine = { text: string; width: number };
/** What stays on one line if it can, in the parts that soft hyphens leave; and the spaces behind it */
type Word = { parts: [string, number][]; gap: string; gapWidth: number };

/** A shape is drawn and measured many times while it is in hand */
const known: Map<string, TextLine[]> = new Map();
const MOST_KNOWN = 256;

/** The text at `size` px in lines at most `w` px wide (0: as they are); a single cluster of characters may be wider. */
export function lines(text: string, size: number, w: number = 0): readonly TextLine[] {
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

/** Px: the narrowest lines in which no word is broken. */
export function widest(text: string, size: number) {
  let most = 0;
  for (const paragraph of text.split("\n")) {
    for (const { parts } of words(paragraph)) for (const [, width] of parts) most = Math.max(most, width);
  }
  return (most * size) / EM;
}

/** As much of one line as is at most `w` px wide, with "…" for the rest. */
export function fitted(text: string, size: number, w: number) {
  const limit = ((w + SLACK) * EM) / size;
  let width = 0;
  let fits = "";
  for (const cluster of clusters(text)) {
    width += sum(measured([...cluster]));
    if (width > limit) return `${fits}…`;
    if (width + advance(ELLIPSIS) <= limit) fits += cluster;
  }
  return text;
}

/** The advance of a code point, in thousandths of the font size. */
function advance(point: number) {
  return FONT.get(point) ?? otherAdvance(point);
}

function* wrapped(paragraph: string, limit: number): Generator<[string, number]> {
  const chars = [...paragraph];
  const ink = trimmed(chars, 0, chars.length);
  const all = sum(measured(chars.slice(0, ink)));
  if (all <= limit) return yield [chars.slice(0, ink).join(""), all];
  let [line, width, gap, gapWidth] = ["", 0, "", 0];
  for (const word of words(paragraph)) {
    let { parts } = word;
    const together = sum(parts.map(([, wide]) => wide));
    if (width + gapWidth + together <= limit) parts = [[parts.map(([text]) => text).join(""), together]];
    for (const [n, [text, wide]] of parts.entries()) {
      const hyphen = n === parts.length - 1 ? 0 : advance(pointOf(HYPHEN));
      if (width + gapWidth + wide + hyphen <= limit) {
        line += gap + text;
        width += gapWidth + wide;
      } else {
        if (line) yield hyphenated(line, width, limit);
        [line, width] = ["", 0];
        for (const cluster of wide <= limit ? [text] : clusters(text)) {
          const more = sum(measured([...cluster]));
          if (line && more && width + more > limit) {
            yield [line, width];
            [line, width] = ["", 0];
          }
          line += cluster;
          width += more;
        }
      }
      [gap, gapWidth] = ["", 0];
    }
    ({ gap, gapWidth } = word);
  }
  yield [line, width];
}

/** A soft hyphen at the end of a line is seen. A line without room for it was broken between any two clusters. */
function hyphenated(line: string, width: number, limit: number): [string, number] {
  const wide = advance(pointOf(HYPHEN));
  return line.endsWith(SOFT) && width + wide <= limit ? [line.slice(0, -1) + HYPHEN, width + wide] : [line, width];
}

function* words(paragraph: string): Generator<Word> {
  const chars = [...paragraph];
  const widths = measured(chars);
  let parts: [string, number][] = [];
  let start = 0;
  for (const end of [...opportunities(chars), chars.length]) {
    const ink = trimmed(chars, start, end);
    parts.push([chars.slice(start, ink).join(""), sum(widths.slice(start, ink))]);
    if (ink < end || end === chars.length || chars[end - 1] !== SOFT) {
      yield { parts, gap: chars.slice(ink, end).join(""), gapWidth: sum(widths.slice(ink, end)) };
      parts = [];
    }
    start = end;
  }
}

/** Where the spaces at the end begin. */
function trimmed(chars: string[], start: number, end: number) {
  let ink = end;
  while (ink > start && (chars[ink - 1] === " " || chars[ink - 1] === "\t")) ink--;
  return ink;
}

/** The advance of each character; an emoji that a joiner ties to the one before takes no room of its own. @param chars of one code point each */
function measured(chars: string[]) {
  return chars.map((char, n) => {
    const wide = char === "\t" ? TAB : advance(pointOf(char));
    return n && chars[n - 1] === JOINER && isWide(wide) ? 0 : wide;
  });
}

function sum(widths: number[]) {
  return widths.reduce((all, one) => all + one, 0);
}

function pointOf(char: string) {
  return char.codePointAt(0) as number;
}
