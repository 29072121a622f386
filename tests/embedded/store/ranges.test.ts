// What is read of an index while documents move from the log to SQLite.
import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { Transaction } from "../../../embedded/query/transaction.ts";
import { Database } from "../../../embedded/store/database.ts";
import { encodeKey, endOf } from "../../../embedded/value/keys.ts";

const folder = mkdtempSync(join(tmpdir(), "ranges-"));
const db = new Database(folder);
db.restructure((structure) =>
  structure.defineIndexes(structure.ensureTable("notes"), new Map([["by_room", { fields: ["room"] }]])),
);
const notes = db.tables.get("notes")!;
const byRoom = notes.indexes.get("by_room")!;
after(() => {
  db.close();
  rmSync(folder, { recursive: true });
});

async function write(change: (tx: Transaction) => void): Promise<void> {
  const tx = new Transaction(db);
  change(tx);
  const ts = db.nextTs();
  db.apply(tx.finish(ts).writes, ts);
  db.creationTime = tx.creationTime;
  await new Promise<void>((resolve, reject) => db.commit((error) => (error ? reject(error) : resolve())));
}

/** What the notes of a room say, first in one order, then in the other. */
function said(room: string, limit: number): unknown[][] {
  const key = encodeKey(room);
  return [false, true].map((descending) =>
    db.range(byRoom, key, endOf(key), descending, limit).map(({ value }) => value.text),
  );
}

test("a range that was read before shows what has moved to SQLite since", async () => {
  const rooms = ["a", "b"];
  const there: { id: string; room: string; text: number }[] = [];
  for (let step = 0; step < 300; step++) {
    const room = rooms[Math.floor(Math.random() * 2)]!;
    const some = there[Math.floor(Math.random() * there.length)];
    const what = Math.floor(Math.random() * 4);
    await write((tx) => {
      if (some === undefined || (what === 0 && there.length < 8)) {
        there.push({ id: tx.insert(notes, { room, text: step }, () => {}), room, text: step });
      } else if (what === 1) {
        tx.remove(notes, some.id);
        there.splice(there.indexOf(some), 1);
      } else {
        if (what === 2) some.room = room;
        some.text = step;
        const _creationTime = tx.get(notes, some.id)!.value._creationTime!;
        tx.update(notes, some.id, { room: some.room, text: step, _creationTime, _id: some.id }, () => {});
      }
    });
    if (step % 3 === 0) db.scrub();
    for (const room of rooms) {
      const texts = there.filter((note) => note.room === room).map(({ text }) => text);
      for (const limit of [2, 100])
        assert.deepEqual(said(room, limit), [texts.slice(0, limit), texts.toReversed().slice(0, limit)], `${step}`);
      for (const { id, text } of there) assert.equal(db.get(notes, id)?.value.text, text);
    }
  }
});
