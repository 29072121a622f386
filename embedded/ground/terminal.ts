// Lines for the terminal. Text from outside cannot imitate a line of ours, and no kind of line can fill the log.
import { oneLine } from "../../browser/text/line.ts";

const MOST = 20; // lines of one kind a minute, the same as in app/web/flood.py
const MINUTE_MS = 60_000;
const MOST_LINES = 100; // of a trace

const windows = new Map<string, { since: number; count: number }>();

/** Marks all lines after the first as its continuation. */
export function visible(text: string): string {
  const [first = "", ...more] = text.split("\n", MOST_LINES);
  return [oneLine(first), ...more.map((line) => `  | ${/^ */.exec(line)![0]}${oneLine(line)}`)].join("\n");
}

/** Prints an error, unless this minute has had many of the same `kind`. There are few kinds. */
export function complain(kind: string, what: unknown, now = performance.now()): void {
  const window = windows.get(kind);
  const open = window && now - window.since < MINUTE_MS ? window : { since: now, count: 0 };
  windows.set(kind, open);
  if (++open.count > MOST) return;
  const left = window && window !== open ? Math.max(0, window.count - MOST) : 0;
  const text = visible(what instanceof Error ? (what.stack ?? String(what)) : String(what));
  console.error(left ? `${text} (and ${left} more like it were left out)` : text);
}
