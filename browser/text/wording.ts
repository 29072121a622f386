// What one person writes in a text in which others may write too. Pure.
import { merged } from "./merge.ts";
import { moved } from "./words.ts";

/**
 * `base` is the text that the board has, `own` what this person has made of it, and `shown` what the field says: `own` together
 * with the words that others are just writing. Only `own` is told and committed. So no word comes back to its writer from somebody
 * who merely saw it, as if it were another one.
 */
export class Wording {
  base;
  own;
  shown;
  constructor(base: string, shown: string = base) {
    this.base = base;
    this.own = base;
    this.shown = shown;
  }

  /** The person has typed: the field says this now. @param caret which is behind what was typed */
  typed(text: string, caret: number) {
    const [start, end, added] = splice(this.shown, text, caret);
    const [from, to] = [start, end].map((at) => this.place(at));
    const [before, after] = [this.own.slice(0, from), this.own.slice(Math.max(from, to))];
    // Where words of others stand between, one's own must not run into each other.
    const [left, right] = [
      runs(before, added) && !runs(this.shown.slice(0, start), added),
      runs(added, after) && !runs(added, this.shown.slice(end)),
    ];
    this.own = before + (left ? " " : "") + added + (right ? " " : "") + after;
    this.shown = text;
  }

  /** The board has another text now. */
  rebase(text: string) {
    this.own = merged(this.base, text, this.own);
    this.base = text;
  }

  /** Whether the field is to say this instead. Space at the caret alone is no reason: the person may just have typed it. @param caret in the field */
  differs(text: string, caret: number) {
    return apart(text, moved(this.shown, text, caret)) !== apart(this.shown, caret);
  }

  /** Where in `own` a caret is that is there in the field. */
  place(at: number) {
    return moved(this.shown, this.own, at);
  }
}

/** A text without the space at a place in it. */
function apart(text: string, at: number) {
  return text.slice(0, at).replace(/[^\S\n]+$/, "") + text.slice(at).replace(/^[^\S\n]+/, "");
}

/** Whether two texts side by side make one word of two. */
function runs(before: string, after: string) {
  return /[\p{L}\p{N}]$/u.test(before) && /^[\p{L}\p{N}]/u.test(after);
}

/**
 * What makes one text of another: from where to where it changed, and what stands there now. Where letters repeat, only the caret
 * tells which of them are new.
 */
function splice(before: string, after: string, caret: number): [start: number, end: number, added: string] {
  const least = Math.min(before.length, after.length);
  const behind = after.length - caret;
  let same = 0;
  while (same < Math.min(least, behind) && before.at(-1 - same) === after.at(-1 - same)) same++;
  let start = 0;
  while (start < least - same && before[start] === after[start]) start++;
  // Half of a pair of surrogates is no character.
  if (start && /[\ud800-\udbff]/.test(before[start - 1])) start--;
  if (same && /[\udc00-\udfff]/.test(before[before.length - same])) same--;
  return [start, before.length - same, after.slice(start, after.length - same)];
}
