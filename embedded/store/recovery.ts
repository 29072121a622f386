// What a start finds in the log that an earlier process left.
import { StartError } from "../value/errors.ts";
import type { Damage, Log } from "./log.ts";
import type { Overlay } from "./overlay.ts";
import { replay } from "./replay.ts";
import type { Settlement } from "./settlement.ts";
import { DATA_FILE, type Store } from "./store.ts";

const DAMAGE_KEPT_MS = 7 * 86_400_000;

/** The newest commit, the highest number of a document, and how many commits the log had. */
interface Recovered {
  ts: bigint;
  lastDocument: number;
  replayed: number;
}

/** Lays the log's commits over what SQLite has. Raises StartError if the log belongs to a newer state of the database. */
export function recover(folder: string, log: Log, store: Store, overlay: Overlay, settlement: Settlement): Recovered {
  if (log.isAhead) {
    throw new StartError(
      `The data folder ${folder} is damaged: ${DATA_FILE} is older than the log beside it. Nothing was changed. Put back the ${DATA_FILE} that belongs to this log, with its -wal file, or restore a backup (docs/operations.md).`,
    );
  }
  const found = { ts: BigInt(store.meta("ts") ?? 0), lastDocument: store.lastDocument, replayed: 0 };
  const damages: Damage[] = [];
  for (const record of log.records((damage) => damages.push(damage))) {
    const { ts, lastDocument } = replay(record, store, overlay);
    if (ts > found.ts) found.ts = ts;
    found.lastDocument = Math.max(found.lastDocument, lastDocument);
    found.replayed++;
    if (settlement.isFull) settlement.settle(Infinity, Infinity);
  }
  if (damages.length > 0) report(folder, damages, log, store);
  return found;
}

/** Says where the log is damaged, and keeps a copy, from which the lost part may be read by hand. */
function report(folder: string, damages: Damage[], log: Log, store: Store): void {
  const places = damages.map(({ from, to }) => `bytes ${from} to ${to}`).join(", ");
  console.error(
    `The log in ${folder} is damaged at ${places}: the changes written there are lost, all others were kept. A copy is in ${log.keepCopy()}. A backup may have what is lost (docs/operations.md).`,
  );
  store.write(true, () => store.setMeta("damagedAt", String(Date.now())));
}

/** Whether a start found damage within the last week. A file that no row names may then belong to a lost row. */
export function damagedLately(store: Store): boolean {
  return Date.now() - Number(store.meta("damagedAt") ?? 0) < DAMAGE_KEPT_MS;
}
