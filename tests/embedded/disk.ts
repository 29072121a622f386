// Promises for what the store says through callbacks.
import type { Database } from "../../embedded/store/database.ts";
import type { Log } from "../../embedded/store/log.ts";
import type { Write } from "../../embedded/store/tables.ts";

type Ended = (error: Error | null) => void;

function ended(start: (done: Ended) => void): Promise<void> {
  return new Promise((resolve, reject) => start((error) => (error ? reject(error) : resolve())));
}

export async function append(log: Log, ...texts: string[]): Promise<void> {
  for (const text of texts) await ended((done) => log.append(text, done));
}

export async function commit(db: Database, writes: Iterable<Write>): Promise<void> {
  db.apply(writes, db.nextTs());
  await ended((done) => db.commit(done));
  db.settle();
}
