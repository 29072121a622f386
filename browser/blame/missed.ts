// What others have changed since somebody was here, in a sentence. Pure.

/** The server's answer; without `shapes` nothing was missed. */
export interface Missed {
  /** Those whom this person may know */
  people: { id: string; name: string }[];
  /** On the board, the last changed first */
  shapes: { id: string; by: string | null }[];
  /** Gone since */
  removed: number;
  /** Of people */
  count: number;
  /** There was more than the server has read or named. */
  more: boolean;
}

const NUMBERS = ["Nobody", "Somebody", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten"];

/** "Ben and Chi changed 12 things and deleted one while you were away" */
export function sentence({ people, shapes, removed, count, more }: Missed): string {
  const names = people.map(({ name }) => name);
  const number = NUMBERS[count] ?? count.toLocaleString("en");
  const who =
    names.length === count && count <= 2 ? names.join(" and ") : count === 1 ? "Somebody" : `${number} people`;
  const changed = shapes.length ? [`changed ${more ? "at least " : ""}${things(shapes.length)}`] : [];
  const deleted = removed ? [`deleted ${shapes.length ? counted(removed) : things(removed)}`] : [];
  return `${who} ${[...changed, ...deleted].join(" and ")} while you were away`;
}

function things(number: number) {
  return `${counted(number)} ${number === 1 ? "thing" : "things"}`;
}

function counted(number: number) {
  return number === 1 ? "one" : number.toLocaleString("en");
}
