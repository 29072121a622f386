// Turns with the functions' context in the test's hands: the watchdog strikes, and time passes, when the test says so.
import assert from "node:assert/strict";
import { join } from "node:path";
import { mock, test } from "node:test";
import { Catalog } from "../../../embedded/functions/catalog.ts";
import type { FunctionInfo } from "../../../embedded/functions/listing.ts";
import type { MutationCall } from "../../../embedded/run/call.ts";
import type { Host } from "../../../embedded/run/host.ts";
import type { Runtime } from "../../../embedded/sandbox/runtime.ts";
import { Database } from "../../../embedded/store/database.ts";
import { Batches } from "../../../embedded/turns/batches.ts";
import { Mutations } from "../../../embedded/turns/mutations.ts";
import { Pulse } from "../../../embedded/turns/pulse.ts";
import { Turns } from "../../../embedded/turns/turns.ts";
import { folder } from "../start.ts";

type Evaluation = (turns: Turns, guarded: boolean) => boolean;

const FUNCTIONS: FunctionInfo[] = [
  { module: "m", name: "write", kind: "mutation", public: true, args: { type: "any" }, returns: null },
];

/** A deployment without functions of its own: each evaluation is the test's. The answer is false if the watchdog has struck. */
function stage(...evaluations: Evaluation[]) {
  const db = new Database(join(folder(), "data"));
  const catalog = new Catalog(db, { functions: FUNCTIONS, schema: null, routes: null }, () => "", []);
  catalog.install(db);
  const failure = ({ message }: Error): object => ({ ok: false, message, logs: [] });
  const host = { db, catalog, failure, production: false, executed() {} } as unknown as Host;
  const turns = new Turns(host, new Pulse(), false);
  const restarts: number[] = [];
  turns.use({
    drive: (guarded: boolean) => evaluations.shift()!(turns, guarded),
    restart: () => restarts.push(1),
  } as unknown as Runtime);
  const call = (): Promise<{ ok: boolean; value?: string; message?: string }> =>
    new Promise((done) => turns.mutate({ path: "m:write", args: {}, identity: null, done } as MutationCall));
  const rows = (): unknown[] =>
    [...(db.tables.get("rows") ? db.rows(db.tables.get("rows")!) : [])].map(({ value }) => value.n).sort();
  return { db, host, call, rows, restarts };
}

const insert = (turns: Turns, n: number): string =>
  turns.calls.syscall("", "1.0/insert", JSON.stringify({ table: "rows", value: { n } }), true);
/** The first evaluation only finds that the function must be watched. */
const unwatched: Evaluation = ({ calls }) => {
  assert.equal(calls.next(), null);
  return true;
};

test("nothing is saved under the watchdog, and finished work is saved whole", async () => {
  let seen: unknown[] = [];
  const { db, call, rows, restarts } = stage(unwatched, (turns, guarded) => {
    assert.ok(guarded);
    assert.notEqual(turns.calls.next(), null);
    for (const n of [1, 2]) insert(turns, n);
    turns.calls.finish(true, '"both"', false);
    seen = rows();
    assert.equal(turns.calls.next(), null);
    return false;
  });
  const before = db.ts;
  assert.deepEqual(await call(), { ok: true, value: '"both"', logs: [] });
  assert.deepEqual([seen, rows(), restarts.length], [[], [1, 2], 1]);
  assert.ok(db.ts > before);
  db.close();
});

test("a cut function leaves nothing, and a starved one is tried again", async () => {
  const half: Evaluation = (turns) => {
    turns.calls.next();
    insert(turns, 1);
    return false;
  };
  const { db, call, rows } = stage(unwatched, half, (turns) => {
    assert.deepEqual(rows(), []);
    turns.calls.next();
    for (const n of [1, 2]) insert(turns, n);
    turns.calls.finish(true, "null", false);
    return true;
  });
  assert.equal((await call()).ok, true);
  assert.deepEqual(rows(), [1, 2]);
  const { db: other, call: again, rows: left } = stage(unwatched, half, half);
  assert.match((await again()).message!, /^Function execution timed out \(maximum duration: 1s\)$/);
  assert.deepEqual(left(), []);
  for (const each of [db, other]) each.close();
});

test("an evaluation takes its first call on a machine however busy", async () => {
  let now = 0;
  const { db, call } = stage(unwatched, (turns) => {
    turns.calls.next();
    turns.calls.finish(true, "null", false);
    return true;
  });
  mock.method(performance, "now", () => (now += 60_000));
  try {
    assert.equal((await call()).ok, true);
  } finally {
    mock.restoreAll();
    db.close();
  }
});

test("a turn takes at least one mutation, however long it took to begin", () => {
  const { db, host } = stage();
  const mutations = new Mutations(host, new Batches(host, () => {}), null);
  const call = { path: "m:write", args: {}, identity: null, done: () => {} } as MutationCall;
  mutations.add(call);
  mutations.add({ ...call });
  let now = 0;
  mock.method(performance, "now", () => (now += 60_000));
  try {
    mutations.begin();
    assert.equal(mutations.peek(), call);
    assert.notEqual(mutations.start(call), null);
    assert.equal(mutations.peek(), null);
  } finally {
    mock.restoreAll();
    db.close();
  }
});
