/**
 * Which characters stay together, and where a line may break: UAX #29 and UAX #14. The same as app/drawing/breaking.py.
 * Both look up letters in a table that is made for both: a browser's own Intl.Segmenter has whatever Unicode it has.
 */
import {
  ALPHABETIC,
  APART,
  ATTACHED,
  CLUSTER,
  CLUSTERED,
  GLUE,
  JOINER,
  MARKS,
  RUNS,
  SORTS,
  SYLLABLE,
} from "./breaks.ts";

/** Hangul's syllables; each 28th ends in a vowel. */
const [HANGUL, HANGUL_LAST, PER_VOWEL] = [0xac00, 0xd7a3, 28];

const FIRSTS: number[] = [];
const NAMES: string[] = [];
for (const run of RUNS.split(" ")) {
  FIRSTS.push((FIRSTS.at(-1) ?? 0) + parseInt(run.slice(0, -1), 36));
  NAMES.push(run.slice(-1));
}
const REPLACED = MARKS.map(([pattern, changes]) => [new RegExp(pattern, "g"), changes] as const);
const CLUSTERS = new RegExp(CLUSTER, "g");
const JOINED = new RegExp(CLUSTERED);

/** By character the two letters of its class. */
const known: Map<string, string> = new Map();

function lettersOf(char: string) {
  const before = known.get(char);
  if (before) return before;
  const point = char.codePointAt(0) as number;
  let [low, high] = [0, FIRSTS.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (FIRSTS[middle] <= point) low = middle;
    else high = middle;
  }
  const open = point >= HANGUL && point <= HANGUL_LAST && (point - HANGUL) % PER_VOWEL === 0;
  const letters = open ? SYLLABLE : SORTS[NAMES[low]];
  known.set(char, letters);
  return letters;
}

/** What people see as one character each. */
export function clusters(text: string): string[] {
  return joined([...text]);
}

/** @param chars of one code point each */
function joined(chars: string[]) {
  const kinds = chars.map((char) => lettersOf(char)[1]).join("");
  if (!JOINED.test(kinds)) return chars;
  return [...kinds.matchAll(CLUSTERS)].map(({ 0: found, index }) => chars.slice(index, index + found.length).join(""));
}

/** The places within a text where a line may break, behind its spaces; never within a cluster. @param chars of one code point each */
export function opportunities(chars: string[]): number[] {
  const kinds = chars.map((char) => lettersOf(char)[0]).join("");
  const { places, letters: plain } = attached(kinds);
  const letters = REPLACED.reduce(
    (all, [pattern, changes]) =>
      all.replace(pattern, (found) => changes.reduce((one, [old, now]) => one.replaceAll(old, now), found)),
    plain,
  );
  const found = [];
  for (let n = 1; n < letters.length; n++) {
    const place = places ? places[n] : n;
    if (!GLUE[letters[n - 1]].includes(letters[n]) && !JOINER.includes(kinds[place - 1])) found.push(place);
  }
  const whole = joined(chars);
  if (whole.length === chars.length) return found;
  const ends = new Set();
  let end = 0;
  for (const cluster of whole) ends.add((end += [...cluster].length));
  return found.filter((place) => ends.has(place));
}

/** The letters without marks that belong to the one before, and their places (null: all). Other marks are alphabetic. */
function attached(kinds: string) {
  if (![...ATTACHED].some((mark) => kinds.includes(mark))) return { places: null, letters: kinds };
  const places = [];
  let letters = "";
  for (let place = 0; place < kinds.length; place++) {
    const mark = ATTACHED.includes(kinds[place]);
    if (mark && letters && !APART.includes(letters[letters.length - 1])) continue;
    letters += mark ? ALPHABETIC : kinds[place];
    places.push(place);
  }
  return { places, letters };
}
