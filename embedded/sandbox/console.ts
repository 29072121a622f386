// What functions print, as the lines that clients and the terminal get.

import { LIMITS } from "../value/values.ts";
import { inspect } from "./inspect.ts";

const NAMED = new Set(["warn", "error", "info", "debug"]);

/** `[LOG] 'x' 1`, with `said` in front unchanged; cut off at the same length as in Convex. */
export function logLine(level: string, args: unknown[], said = ""): string {
  const name = NAMED.has(level) ? level.toUpperCase() : "LOG";
  const line = `[${name}] ${[...(said ? [said] : []), ...args.map((arg) => inspect(arg))].join(" ")}`;
  return line.length > LIMITS.logLineLength ? `${line.slice(0, LIMITS.logLineLength)} (truncated due to length)` : line;
}

/** Adds the line. The last line that fits is a notice if there are more. */
export function addLine(lines: string[], line: string): void {
  if (lines.length >= LIMITS.logLines) return;
  const full = lines.length === LIMITS.logLines - 1;
  lines.push(full ? `[ERROR] Log overflow (maximum ${LIMITS.logLines}). Remaining log lines omitted.` : line);
}

/** The first position in a trace, to be put behind a line: ` (../convex/notes.ts:3:5)`, or nothing. */
export const position = (trace: string): string => / \(.*?\)/.exec(trace)?.[0] ?? "";

/** `console.time` and related functions, in whole ms. */
export class Timers {
  readonly #started = new Map<string, number>();
  readonly #say: (level: string, said: string, args: unknown[]) => void;

  constructor(say: (level: string, said: string, args: unknown[]) => void) {
    this.#say = say;
  }

  time(label: unknown = "default"): void {
    const name = String(label);
    if (this.#started.has(name)) this.#say("warn", `Timer '${name}' already exists`, []);
    else this.#started.set(name, Date.now());
  }

  log(label: unknown = "default", ...args: unknown[]): void {
    const started = this.#started.get(String(label));
    if (started === undefined) this.#say("warn", `Timer '${String(label)}' does not exist`, []);
    else this.#say("info", `${String(label)}: ${Date.now() - started}ms`, args);
  }

  end(label: unknown = "default"): void {
    this.log(label);
    this.#started.delete(String(label));
  }
}
