// Finding a name by some of its letters. Pure.

/**
 * How well letters, in their order, are found in a name; null if they are not. The best is a name that begins with them,
 * then words that do, then letters close together.
 * @returns `at`: where each letter was found
 */
export function match(letters: string, name: string): { score: number; at: number[] } | null {
  const wanted = letters.toLowerCase().replace(/\s+/g, "");
  const lower = name.toLowerCase();
  if (!wanted) return { score: 0, at: [] };
  const whole = lower.replace(/\s+/g, " ").indexOf(letters.trim().toLowerCase());
  if (whole >= 0) {
    const at = [...letters.trim()].map((_, i) => whole + i);
    const begins = whole === 0 ? 500 : lower[whole - 1] === " " ? 250 : 0;
    return { score: 1_000 + begins - name.length / 100, at };
  }
  const at: number[] = [];
  let score = -name.length / 100;
  for (const letter of wanted) {
    const last = at.at(-1) ?? -1;
    const next = lower.indexOf(letter, last + 1);
    const word = ` ${lower}`.indexOf(` ${letter}`, last + 1);
    // The start of a word further on is better than a letter in the midst of one.
    const found = next === last + 1 || word < 0 ? next : word;
    if (found < 0) return null;
    score += found === last + 1 ? 20 : found === word ? 15 : 5 - Math.min(4, found - last);
    at.push(found);
  }
  return { score, at };
}

/** Those whose name has the letters, the best first; the order of the list decides between equals. */
export function ranked<T>(letters: string, all: T[], nameOf: (one: T) => string) {
  const found = all.flatMap((one) => {
    const matched = match(letters, nameOf(one));
    return matched ? [{ one, ...matched }] : [];
  });
  return found.sort((a, b) => b.score - a.score);
}
