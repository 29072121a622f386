// After a start: the records of the log that an earlier process left.

import type { JsonObject } from "../value/json.ts";
import type { Answer, Overlay } from "./overlay.ts";
import type { Store } from "./store.ts";
import { keyChanges } from "./tables.ts";

/**
 * Lays one record over what SQLite has. Whether SQLite has some of it already does not matter: each line says how a document is
 * after it. The answer is the commit's timestamp and the highest number of a document in it.
 */
export function replay(record: string, store: Store, overlay: Overlay): { ts: bigint; lastDocument: number } {
  const [ts, ...lines] = record.split("\n");
  let lastDocument = 0;
  for (const line of lines) {
    if (line.startsWith("?")) {
      const answer = JSON.parse(line.slice(1)) as Omit<Answer, "ts"> & { ts: string };
      overlay.answers.set(`${answer.session} ${answer.request}`, { ...answer, ts: BigInt(answer.ts) });
      continue;
    }
    const [, number, text, after] = /^(\d+) (\d+) (.*)$/s.exec(line)!;
    const table = store.directory.tablesByNumber.get(Number(number))!;
    const n = Number(text);
    const known = overlay.documents.get(n);
    const before = known ? known.text : (store.document(n) ?? null);
    overlay.put(table, n, after || null, keyChanges(table, parse(before), parse(after)), before !== null);
    lastDocument = Math.max(lastDocument, n);
  }
  return { ts: BigInt(ts!), lastDocument };
}

const parse = (json: string | null | undefined): JsonObject | null => (json ? (JSON.parse(json) as JsonObject) : null);
