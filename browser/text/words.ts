// A text as words, and how two versions of it go together. Pure.
import { diffIndices } from "node-diff3";

/** Scripts that put no spaces between words: each of their letters counts as a word. */
const UNSPACED =
  "[\\p{scx=Han}\\p{scx=Hiragana}\\p{scx=Katakana}\\p{scx=Thai}\\p{scx=Lao}\\p{scx=Khmer}\\p{scx=Myanmar}]";
const LETTER = `(?:(?!${UNSPACED})[\\p{L}\\p{N}_])`;
const EMOJI = "\\p{RI}{2}|\\p{ExtPict}[\\p{EMod}\\ufe0f]*(?:\\u200d\\p{ExtPict}[\\p{EMod}\\ufe0f]*)*";

/** A line's end; a word or a sign, with the space before it; or space that nothing follows. */
const WORD = new RegExp(
  `\\n|(?<space>[^\\S\\n]*)(?:${LETTER}(?:(?!${UNSPACED})[\\p{L}\\p{M}\\p{N}_'’])*|${EMOJI}|\\S\\p{M}*)|[^\\S\\n]+`,
  "gu",
);
const SPACED = new RegExp(`^${LETTER}`, "u");

/** More equal pairs of words than these are not looked through: a text of 5,000 characters has them only if it repeats one word. */
const MOST_PAIRS = 300_000;

/** `space` is before it; `start`, with the space, and `end` are places in the text */
export type Word = { word: string; space: string; start: number; end: number };

/** @returns which give the text again, one after the other */
export function words(text: string): Word[] {
  return [...text.matchAll(WORD)].map(({ 0: whole, index, groups }) => {
    const space = groups?.space ?? "";
    return { word: whole.slice(space.length), space, start: index, end: index + whole.length };
  });
}

/** Whether it is separated by spaces from such words. */
export function isSpaced({ word }: Word) {
  return SPACED.test(word);
}

/** For each word of `before` its place among those of `after`, rising; -1: it is not there any more. */
export function places(before: Word[], after: Word[]): number[] {
  const [one, other] = [before, after].map((all) => all.map(({ word }) => word));
  const least = Math.min(one.length, other.length);
  let head = 0;
  while (head < least && one[head] === other[head]) head++;
  let tail = 0;
  while (tail < least - head && one.at(-1 - tail) === other.at(-1 - tail)) tail++;
  const [from, to] = [one, other].map((all) => all.slice(head, all.length - tail));
  const changed = alike(from, to) ? diffIndices(from, to) : [{ buffer1: [0, from.length], buffer2: [0, to.length] }];
  const found = one.map((_, i) => (i < head ? i : i + other.length - one.length));
  let shift = 0;
  let here = 0;
  for (const {
    buffer1: [start, length],
    buffer2: [, instead],
  } of [...changed, { buffer1: [from.length, 0], buffer2: [0, 0] }]) {
    for (; here < start; here++) found[head + here] = head + here + shift;
    for (; here < start + length; here++) found[head + here] = -1;
    shift += instead - length;
  }
  return found;
}

/** Whether it is worth looking for what they have in common. */
function alike(one: string[], other: string[]) {
  const counts: Map<string, number> = new Map();
  for (const word of one) counts.set(word, (counts.get(word) ?? 0) + 1);
  return other.reduce((pairs, word) => pairs + (counts.get(word) ?? 0), 0) <= MOST_PAIRS;
}

/** Where a caret stands that stood at a place of the text before. It stays with the word behind which it stood. */
export function moved(before: string, after: string, at: number): number {
  if (before === after) return at;
  const [from, to] = [words(before), words(after)];
  const found = places(from, to);
  let here = 0; // the word in which, or behind which, it stands
  while (here < from.length && from[here].end < at) here++;
  if (at === 0 || here === from.length) return Math.min(at, after.length);
  const there = found[here];
  if (there >= 0) return Math.max(to[there].start, to[there].end - (from[here].end - at));
  // What took the place of that word begins behind the last one that stayed.
  let kept = here;
  while (kept >= 0 && found[kept] < 0) kept--;
  let next = here;
  while (next < from.length && found[next] < 0) next++;
  const begin = kept < 0 ? 0 : to[found[kept]].end;
  const end = next < from.length ? to[found[next]].start : after.length;
  return Math.min(end, begin + at - (kept < 0 ? 0 : from[kept].end));
}
