// Our own component: two instances, two kinds of components inside, and one of those with one more.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ConvexHttpClient } from "convex/browser";
import { admin, adminKey, api, client, events, running, Seen } from "./deployment.ts";

type Shelf = "fiction" | "facts";
const add = (shelf: Shelf, title: string, about = "", vector?: number[]): Promise<string> =>
  client.mutation(api.shelves.add, { shelf, title, about, ...(vector ? { vector } : {}) });
const titles = (shelf: Shelf): Promise<string[]> => client.query(api.shelves.titles, { shelf });

export function shelf(): void {
  test("two instances keep their documents apart, ids included", async () => {
    const id = await add("fiction", "Emma");
    assert.ok((await titles("fiction")).includes("Emma"));
    assert.ok(!(await titles("facts")).includes("Emma"));
    assert.equal(await client.query(api.shelves.get, { shelf: "fiction", id }), "Emma");
    await assert.rejects(
      client.query(api.shelves.get, { shelf: "facts", id }),
      /ArgumentValidationError|does not match/,
    );
  });

  test("components inside a component write in the same transaction", async () => {
    await add("facts", "Birds");
    const { lines, written } = await client.query(api.shelves.history, { shelf: "facts" });
    assert.ok(lines.includes("got Birds"));
    assert.equal(written, lines.length);
  });

  test("text and vector search see their own component alone", async () => {
    await add("fiction", "Moby", "a white whale", [1, 0]);
    await add("facts", "Whales", "how a whale breathes", [0.9, 0.1]);
    assert.deepEqual(await client.query(api.shelves.find, { shelf: "facts", words: "whale" }), ["Whales"]);
    assert.deepEqual(await client.query(api.shelves.find, { shelf: "fiction", words: "whale" }), ["Moby"]);
    assert.deepEqual(await client.action(api.shelves.near, { shelf: "facts", vector: [1, 0] }), ["Whales"]);
  });

  test("a component knows its path and environment, but no user and no app", async () => {
    const asAna: any = new ConvexHttpClient(running.url, { logger: false });
    asAna.setAdminAuth(adminKey, { subject: "ana", issuer: "https://example.invalid" });
    for (const [shelf, label] of [["fiction", "made up"] as const, ["facts", "true things"] as const]) {
      assert.deepEqual(await asAna.query(api.shelves.surroundings, { shelf }), {
        user: "ana",
        inside: { label, fromTheApp: null, user: null, path: shelf },
      });
    }
  });

  test("paginate is refused inside a component", async () => {
    await assert.rejects(client.query(api.shelves.page, { shelf: "fiction" }), /paginate/);
  });

  test("an error inside that is caught undoes the component's writes alone", async () => {
    const told = await client.mutation(api.shelves.move, { title: "caught", caught: true });
    assert.match(told, /no room for caught/);
    assert.ok((await titles("fiction")).includes("caught"));
    assert.ok((await client.query(api.shelves.ownBooks, {})).includes("caught"));
    assert.ok(!(await titles("facts")).includes("caught"));
    assert.ok(!(await client.query(api.shelves.history, { shelf: "facts" })).lines.includes("got caught"));
  });

  test("an error inside that nobody catches undoes everything", async () => {
    await assert.rejects(client.mutation(api.shelves.move, { title: "lost", caught: false }), /no room for lost/);
    assert.ok(!(await titles("fiction")).includes("lost"));
    assert.ok(!(await client.query(api.shelves.ownBooks, {})).includes("lost"));
  });

  test("a component calls a function of the app by its handle, now and later", async () => {
    for (const later of [false, true]) {
      await client.mutation(api.shelves.lend, { shelf: "facts", topic: "loans", later });
    }
    await events("loans").until((list) => list.length === 2);
    assert.deepEqual(await client.query(api.events.list, { topic: "loans" }), ["lent", "lent, later"]);
    assert.equal((await client.query(api.shelves.history, { shelf: "facts" })).lent, 2);
    assert.equal((await client.query(api.shelves.history, { shelf: "fiction" })).lent, 0);
  });

  test("the app calls and schedules a component's function", async () => {
    const seen = new Seen<string[]>(api.shelves.titles, { shelf: "facts" });
    await client.mutation(api.shelves.addByHandle, { title: "By handle" });
    await client.mutation(api.shelves.addLater, { title: "Later" });
    await seen.until((list) => ["By handle", "Later"].every((title) => list.includes(title)));
  });

  test("a component's scheduled functions are its own", async () => {
    const id: string = await client.mutation(api.shelves.order, { shelf: "fiction", title: "Ordered" });
    const seen = new Seen<{ inside: string; outside: number }>(api.shelves.orderState, { shelf: "fiction", id });
    await seen.until(({ inside }) => inside === "success");
    assert.equal(seen.values.at(-1)!.outside, 0);
    assert.ok((await titles("fiction")).includes("Ordered"));
  });

  test("a component's files are its own", async () => {
    await add("fiction", "With a cover");
    const picture = { shelf: "fiction", title: "With a cover", picture: "a picture" };
    const id: string = await client.action(api.shelves.photograph, picture);
    const url: string = await client.query(api.shelves.coverUrl, { shelf: "fiction", id });
    assert.equal(await (await fetch(url)).text(), "a picture");
    assert.equal(await client.query(api.shelves.coverUrl, { shelf: "facts", id }).catch(() => null), null);
  });

  test("a component's crons run", async () => {
    for (const shelf of ["fiction", "facts"]) {
      await new Seen<{ lines: string[] }>(api.shelves.history, { shelf }).until(({ lines }) =>
        lines.includes("dusted"),
      );
    }
  });

  test("clients reach no function of a component", async () => {
    for (const path of ["books:secret", "fiction/books:titles", "books:titles"]) {
      await assert.rejects(client.query(path as any, {}), /Could not find public function/);
    }
    assert.equal(await admin.function("books:secret" as any, "facts", {}), "the component's own");
    assert.deepEqual(await admin.function("count:read" as any, "facts/loans", {}), 2);
  });

  test("routes of components are under their prefix, the app's elsewhere", async () => {
    const get = async (path: string): Promise<string> => (await fetch(running.siteUrl + path)).text();
    assert.equal(await get("/fiction/label"), "made up");
    assert.equal(await get("/facts/label"), "true things");
    assert.equal(await get("/facts/in/some/where"), "/facts/in/some/where");
    assert.equal(await get("/factsheet"), "the app at /factsheet");
    const posted = await fetch(`${running.siteUrl}/fiction/books`, { method: "POST", body: "By post" });
    assert.deepEqual([posted.status, ((await posted.json()) as string[]).includes("By post")], [201, true]);
    assert.equal((await fetch(`${running.siteUrl}/facts/nowhere`)).status, 404);
  });
}
