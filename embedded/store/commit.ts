// What was applied since the last commit: the lines that the log gets, and how to take each back.
import type { Answer, Overlay } from "./overlay.ts";
import type { KeyChange, Row, Table } from "./tables.ts";

export class Commit {
  readonly #overlay: Overlay;
  readonly #lines: string[] = [];
  readonly #undo: (() => void)[] = [];

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
    this.#undo.push(() => {
      const back = keys.map(({ index, before, after }) => ({ index, before: after, after: before }));
      this.#overlay.put(table, n, before?.text ?? null, back, text !== null, 0n);
    });
  }

  answer(answer: Answer): void {
    const name = `${answer.session} ${answer.request}`;
    this.#overlay.answers.set(name, answer);
    this.#undo.push(() => this.#overlay.answers.delete(name));
    this.#lines.push(`?${JSON.stringify({ ...answer, ts: String(answer.ts) })}`);
  }

  /** The record as the log has it: the commit's timestamp, then a line for each document and answer. */
  text(ts: bigint): string {
    return `${ts}\n${this.#lines.join("\n")}`;
  }

  rollback(): void {
    for (const undo of this.#undo.reverse()) undo();
  }
}
