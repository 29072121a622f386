// What is deleted remains: in the log behind its end, in free pages, in SQLite's own log.
import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Database } from "../../../embedded/store/database.ts";
import { Log } from "../../../embedded/store/log.ts";
import { keyChanges } from "../../../embedded/store/tables.ts";
import { makeId } from "../../../embedded/value/ids.ts";
import type { JsonObject } from "../../../embedded/value/json.ts";
import { append, commit } from "../disk.ts";
import { folder } from "../start.ts";

const WORD = "Zebrafish";
const holding = (data: string): string[] =>
  readdirSync(data).filter(
    (name) => statSync(join(data, name)).isFile() && readFileSync(join(data, name)).includes(WORD),
  );

test("a scrub leaves deleted rows in no file, and kept rows in place", async () => {
  const data = folder();
  const db = new Database(data);
  const table = db.ensureTable("notes");
  for (let n = 0; n < 500; n++) {
    const value: JsonObject = {
      _id: makeId(table.number, Date.now()),
      _creationTime: Date.now(),
      text: `${n % 2 ? "kept" : WORD} `.repeat(n * 3),
    };
    await commit(db, [{ table, before: null, after: value, keys: keyChanges(table, null, value) }]);
  }
  for (const row of [...db.rows(table)]) {
    if (row.text.includes(WORD))
      await commit(db, [{ table, before: row, after: null, keys: keyChanges(table, row.value, null) }]);
  }
  assert.notDeepEqual(holding(data), []);
  while (db.scrub());
  assert.deepEqual(holding(data), []);
  assert.equal([...db.rows(table)].length, 251); // the first has no text
  db.close();
  const again = new Database(data);
  assert.equal([...again.rows(again.tables.get("notes")!)].length, 251);
  again.close();
});

test("wiping keeps the records before the end and those added meanwhile", async () => {
  const path = join(folder(), "log");
  const log = new Log(path, 1);
  for (let n = 0; n < 4; n++) await append(log, WORD.repeat(200_000));
  log.startOver(2);
  await append(log, "one");
  assert.equal(log.wipe(), true);
  await append(log, "two");
  while (log.wipe());
  assert.deepEqual([...log.records()], ["one", "two"]);
  assert.equal(readFileSync(path).includes(WORD), false);
  await append(log, "three");
  log.close();
  assert.deepEqual([...new Log(path, 2).records()], ["one", "two", "three"]);
});
