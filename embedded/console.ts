// What functions print, as the lines that clients and the terminal get.
import { inspect } from "node:util";
import { LIMITS } from "./values.ts";

const NAMED = new Set(["warn", "error", "info", "debug"]);

/** `[LOG] 'x' 1`; cut off where Convex cuts. */
export function logLine(level: string, args: unknown[]): string {
  const name = NAMED.has(level) ? level.toUpperCase() : "LOG";
  const line = `[${name}] ${args.map((arg) => inspect(arg, { depth: 6, breakLength: 120 })).join(" ")}`;
  return line.length > LIMITS.logLineLength ? `${line.slice(0, LIMITS.logLineLength)} (truncated due to length)` : line;
}

/** Adds the line, or once the notice that there were too many. */
export function addLine(lines: string[], line: string): void {
  if (lines.length > LIMITS.logLines) return;
  const full = lines.length === LIMITS.logLines;
  lines.push(full ? `[ERROR] Log overflow (maximum ${LIMITS.logLines}). Remaining log lines omitted.` : line);
}

/** The first position in a trace, to be put behind a line: ` (../convex/notes.ts:3:5)`, or nothing. */
export const position = (trace: string): string => / \(.*?\)/.exec(trace)?.[0] ?? "";
