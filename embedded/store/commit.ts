// What was applied since the last commit: the lines that the log gets, and how to take each back.
import type { Change } from "./history.ts";
import type { Answer, Overlay } from "./overlay.ts";
import type { KeyChange, Row, Table } from "./tables.ts";

export class Commit {
  readonly #overlay: Overlay;
  readonly #lines: string[] = [];
  readonly #answered: string[] = [];
  readonly changes: Change[] = [];

  constructor(overlay: Overlay) {
    this.#overlay = overlay;
  }

  get isEmpty(): boolean {
    return this.#lines.length === 0;
  }

  write(
    table: Table,
    n: number,
    text: string | null,
    keys: readonly KeyChange[],
    before: Row | null,
    ts: bigint,
  ): void {
    this.#overlay.put(table, n, text, keys, before !== null, ts);
    this.#lines.push(`${table.number} ${n} ${text ?? ""}`);
    this.changes.push({ ts, table, n, before: before?.text ?? null, isThere: text !== null, keys });
  }

  answer(answer: Answer): void {
    const name = `${answer.session} ${answer.request}`;
    this.#overlay.answers.set(name, answer);
    this.#answered.push(name);
    this.#lines.push(`?${JSON.stringify({ ...answer, ts: String(answer.ts) })}`);
  }

  /** The record as the log has it: the commit's timestamp, then a line for each document and answer. */
  text(ts: bigint): string {
    return `${ts}\n${this.#lines.join("\n")}`;
  }

  rollback(): void {
    for (const { table, n, before, isThere, keys } of this.changes.reverse()) {
      const back = keys.map((change) => ({ index: change.index, before: change.after, after: change.before }));
      this.#overlay.put(table, n, before, back, isThere, 0n);
    }
    for (const name of this.#answered) this.#overlay.answers.delete(name);
  }
}
