// Replays the log of an earlier process.

import type { JsonObject } from "../value/json.ts";
import type { Answer, Overlay } from "./overlay.ts";
import type { Store } from "./store.ts";
import { keyChanges } from "./tables.ts";

/**
 * Puts one record's documents into the overlay. SQLite may have some of them already: that is harmless, since each line holds the
 * whole document. Returns the commit's timestamp and the highest document number in it.
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
    overlay.put(table, n, after || null, keyChanges(table, parse(before), parse(after)), before !== null, BigInt(ts!));
    lastDocument = Math.max(lastDocument, n);
  }
  return { ts: BigInt(ts!), lastDocument };
}

const parse = (json: string | null | undefined): JsonObject | null => (json ? (JSON.parse(json) as JsonObject) : null);
