// What two people have made of the same text, as one text: the same in the browser and in the mutation that keeps it. Pure.

import type { Word } from "./words.ts";
import { isSpaced, places, words } from "./words.ts";

/** `kept`: of each word of the base its place, or -1; `added`: what is new before each word of the base, and at the end */
type Version = { all: Word[]; kept: number[]; added: number[][] };
/** And its place in each version, -1 if it is not there */
type Piece = { word: Word; one: number; other: number };

/**
 * Three-way, by words. A word stays if both kept it; what either has written stays, and what both have written at the same place
 * stays once if it is the same, otherwise one after the other. Who is `one` and who is `other` does not matter.
 * @param base what both began with
 */
export function merged(base: string, one: string, other: string) {
  if (one === other || other === base) return one;
  if (one === base) return other;
  const from = words(base);
  const [a, b] = [version(from, one), version(from, other)];
  const pieces: Piece[] = [];
  for (let i = 0; i <= from.length; i++) {
    pieces.push(...both(a, b, i));
    if (i === from.length || a.kept[i] < 0 || b.kept[i] < 0) continue;
    const [mine, theirs] = [a.all[a.kept[i]], b.all[b.kept[i]]];
    pieces.push({
      word: { ...mine, space: chosen(from[i].space, mine.space, theirs.space) },
      one: a.kept[i],
      other: b.kept[i],
    });
  }
  return pieces.map((piece, i) => gap(pieces[i - 1], piece) + piece.word.space + piece.word.word).join("");
}

function version(base: Word[], text: string): Version {
  const all = words(text);
  const kept = places(base, all);
  const added: number[][] = Array.from({ length: base.length + 1 }, () => []);
  let place = 0;
  let here = 0; // what took the place of words stands before the first of them
  kept.forEach((there, i) => {
    if (there < 0) return;
    while (place < there) added[here].push(place++);
    place = there + 1;
    here = i + 1;
  });
  while (place < all.length) added[here].push(place++);
  return { all, kept, added };
}

/** What is new before a word of the base. */
function both(a: Version, b: Version, i: number): Piece[] {
  const mine = a.added[i].map((one) => ({ word: a.all[one], one, other: -1 }));
  const theirs = b.added[i].map((other) => ({ word: b.all[other], one: -1, other }));
  const [within, around] = [holds(theirs, mine), holds(mine, theirs)];
  if (within && around) return spelled(mine) < spelled(theirs) ? theirs : mine;
  if (within) return theirs;
  if (around) return mine;
  const order = rank(mine) - rank(theirs) || (spelled(mine) < spelled(theirs) ? -1 : 1);
  return order < 0 ? [...mine, ...theirs] : [...theirs, ...mine];
}

/** Whether all words of `few` are in `many`, in their order; space that nothing follows is none. */
function holds(many: Piece[], few: Piece[]) {
  const sought = many.length ? few.filter(({ word }) => word.word === "\n" || word.word.trim()) : few;
  let found = 0;
  for (const { word } of many) if (found < sought.length && word.word === sought[found].word.word) found++;
  return found === sought.length;
}

/** A line before others comes first, then words, words after others, and lines after others. */
function rank(pieces: Piece[]) {
  const [first, last] = [pieces[0].word, pieces[pieces.length - 1].word];
  if (first.word === "\n") return 3;
  if (last.word === "\n") return 0;
  return first.space ? 2 : 1;
}

function spelled(pieces: Piece[]) {
  return pieces.map(({ word }) => word.space + word.word).join("");
}

/** The space before a word that both kept. */
function chosen(base: string, one: string, other: string) {
  if (one === base || other === base) return one === base ? other : one;
  return one.length > other.length || (one.length === other.length && one > other) ? one : other;
}

/** Words that nobody wrote side by side do not run into each other. */
function gap(before: Piece | undefined, piece: Piece) {
  if (!before || piece.word.space || !isSpaced(piece.word) || /^\s*$/.test(before.word.word)) return "";
  const written =
    (before.one >= 0 && piece.one === before.one + 1) || (before.other >= 0 && piece.other === before.other + 1);
  return written ? "" : " ";
}
