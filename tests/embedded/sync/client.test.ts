// What Convex's own JavaScript client does by itself: guesses, remembers, comes back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { BaseConvexClient, ConvexClient } from "convex/browser";
import { api } from "../convex/_generated/api.js";
import { Cut } from "../cut.ts";
import { start, until } from "../start.ts";

const { url } = await start();

async function withClient(address: string, use: (client: ConvexClient) => Promise<void>): Promise<void> {
  const client = new ConvexClient(address, { logger: false });
  try {
    await use(client);
  } finally {
    await client.close();
  }
}

test("a mutation committed at a break is answered later, not run again", async () => {
  const wire = new Cut();
  await withClient(await wire.listen(url), async (client) => {
    let latest: string[] | null = null;
    client.onUpdate(api.notes.bodies, { room: "cut" }, (bodies) => (latest = bodies));
    await until(() => latest !== null, "the first value");
    wire.answers = false;
    const answered = wire.said('"MutationResponse"');
    const mutation = client.mutation(api.notes.add, { room: "cut", body: "once" });
    await answered;
    wire.cut();
    wire.answers = true;
    await mutation;
    assert.equal(wire.connections, 2);
    assert.deepEqual(latest, ["once"]);
  });
});

test("subscriptions go on after the connection broke, and miss nothing", async () => {
  const wire = new Cut();
  await withClient(await wire.listen(url), (client) =>
    withClient(url, async (writer) => {
      const seen: string[][] = [];
      client.onUpdate(api.notes.bodies, { room: "back" }, (bodies) => void seen.push(bodies));
      await until(() => seen.length === 1, "the first value");
      wire.cut();
      await writer.mutation(api.notes.add, { room: "back", body: "meanwhile" });
      await until(() => seen.length === 2, "the value after coming back");
      await writer.mutation(api.notes.add, { room: "back", body: "later" });
      await until(() => seen.length === 3, "the live update");
      assert.deepEqual(seen, [[], ["meanwhile"], ["meanwhile", "later"]]);
    }),
  );
});

test("an action in flight at a break fails, and is not run again", async () => {
  const wire = new Cut();
  await withClient(await wire.listen(url), async (client) => {
    const action = client.action(api.work.call, { room: "lost action" });
    const failed = assert.rejects(action, /Connection lost while action was in flight/);
    await until(
      () => client.connectionState().hasInflightRequests && client.connectionState().isWebSocketConnected,
      "the action's sending",
    );
    wire.cut();
    await failed;
    assert.ok((await client.query(api.notes.bodies, { room: "lost action" })).length <= 1);
  });
});

test("a guess shows at once, then the truth, and a failed one goes back", async () => {
  const transitions: (string[] | undefined)[] = [];
  const client = new BaseConvexClient(
    url,
    () => void transitions.push(client.localQueryResult("notes:bodies", { room: "guess" }) as string[] | undefined),
    { logger: false },
  );
  client.subscribe("notes:bodies", { room: "guess" });
  await until(() => transitions.length > 0, "the first value");
  const optimisticUpdate = (store: {
    getQuery: (query: any, args: object) => any;
    setQuery: (query: any, args: object, value: any) => void;
  }): void =>
    store.setQuery(api.notes.bodies, { room: "guess" }, [
      ...store.getQuery(api.notes.bodies, { room: "guess" }),
      "guessed",
    ]);
  const mutation = client.mutation("notes:add", { room: "guess", body: "true" }, { optimisticUpdate });
  assert.deepEqual(transitions.at(-1), ["guessed"]);
  await mutation;
  assert.deepEqual(transitions.at(-1), ["true"]);
  const failing = client.mutation("notes:addAndFail", { room: "guess", data: "no" }, { optimisticUpdate });
  assert.deepEqual(transitions.at(-1), ["true", "guessed"]);
  await assert.rejects(failing);
  assert.deepEqual(transitions.at(-1), ["true"]);
  await client.close();
});

test("a page resubscribed with its journal ends where it ended", async () => {
  await withClient(url, async (writer) => {
    for (let n = 0; n < 4; n++) await writer.mutation(api.notes.add, { room: "journal", body: `j${n}`, n });
    const args = { room: "journal", paginationOpts: { numItems: 2, cursor: null } };
    const open = async (
      journal?: string | null,
    ): Promise<{ client: BaseConvexClient; bodies: string[]; journal: string | null | undefined }> => {
      let changed = false;
      const client = new BaseConvexClient(url, () => (changed = true), { logger: false });
      client.subscribe("notes:page", args, journal === undefined ? {} : { journal });
      await until(() => changed, "the page");
      const page = client.localQueryResult("notes:page", args) as unknown as { page: { body: string }[] };
      return { client, bodies: page.page.map(({ body }) => body), journal: client.queryJournal("notes:page", args) };
    };
    const first = await open();
    await first.client.close();
    assert.deepEqual(first.bodies, ["j0", "j1"]);
    await writer.mutation(api.notes.add, { room: "journal", body: "between", n: 0.5 });
    const again = await open(first.journal);
    await again.client.close();
    assert.deepEqual(again.bodies, ["j0", "between", "j1"]);
  });
});

test("log lines of a subscribed query reach the client", async () => {
  const lines: unknown[][] = [];
  const logger = { logVerbose() {}, warn() {}, error() {}, log: (...args: unknown[]) => void lines.push(args) };
  const client = new ConvexClient(url, { logger: logger as never });
  await client.query(api.notes.runs, { room: "logged" });
  await client.close();
  assert.match(JSON.stringify(lines), /\[CONVEX Q\(notes:runs\)\].*'ran' 'logged'/);
});

test("a client reads its own write as soon as its mutation is resolved", () =>
  withClient(url, async (client) => {
    let latest: string[] = [];
    client.onUpdate(api.notes.bodies, { room: "own" }, (bodies) => (latest = bodies));
    for (let i = 1; i <= 20; i++) {
      await client.mutation(api.notes.add, { room: "own", body: `b${i}` });
      assert.equal(latest.length, i);
    }
  }));

test("a subscriber sees another client's write", () =>
  withClient(url, (reader) =>
    withClient(url, async (writer) => {
      const seen: string[][] = [];
      reader.onUpdate(api.notes.bodies, { room: "live" }, (bodies) => void seen.push(bodies));
      await until(() => seen.length === 1, "the first value");
      await writer.mutation(api.notes.add, { room: "live", body: "hello" });
      await until(() => seen.length === 2, "the update");
      assert.deepEqual(seen, [[], ["hello"]]);
    }),
  ));

test("a failing query is reported and heals when what it read changes", () =>
  withClient(url, async (client) => {
    const errors: Error[] = [];
    client.onUpdate(
      api.notes.throwPlain,
      {},
      () => assert.fail("no value"),
      (error) => void errors.push(error),
    );
    await until(() => errors.length === 1, "the error");
    assert.match(errors[0]!.message, /plain trouble/);
  }));
