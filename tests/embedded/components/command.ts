// What `npx convex` shows of components.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { readZip } from "../../../embedded/command/zip.ts";
import { APP, admin, api, client, convex, project } from "./deployment.ts";

const rows = (text: string): any[] =>
  text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line));

export function command(): void {
  test("npx convex data looks into a component", async () => {
    const id: string = await client.mutation(api.shelves.add, { shelf: "facts", title: "Shown", about: "" });
    assert.deepEqual((await convex("data", "--component", "facts")).trim().split("\n"), ["books"]);
    const books = rows(await convex("data", "--component", "facts", "--format", "jsonl", "books"));
    assert.ok(books.some(({ _id, title }) => _id === id && title === "Shown"));
  });

  test("npx convex export writes each component in a folder of its own", async () => {
    const id: string = await client.mutation(api.shelves.add, { shelf: "fiction", title: "Kept", about: "" });
    const zip = join(project, "all.zip");
    await convex("export", "--path", zip);
    const entries = new Map(readZip(zip));
    const documents = (name: string): any[] => rows(entries.get(`${name}/documents.jsonl`)!.toString());
    assert.ok(documents("_components/fiction/books").some(({ _id }) => _id === id));
    assert.ok(documents("_components/fiction/_components/ledger/lines").some(({ text }) => text === "got Kept"));
    const tables = documents("_components/fiction/_tables").map(({ name }) => name);
    assert.ok(tables.includes("books") && !documents("_tables").some(({ name }) => String(name).includes("ledger")));
  });

  test("npx convex codegen writes the types of the components", async () => {
    await convex("codegen", "--typecheck", "disable");
    const folders = ["", "shelf", "shelf/ledger", "shelf/tally"].map((name) => join(name, "_generated"));
    for (const name of folders.flatMap((path) => readdirSync(join(APP, path)).map((file) => join(path, file)))) {
      const made = readFileSync(join(project, "convex", name), "utf8");
      assert.equal(readFileSync(join(APP, name), "utf8"), made, `${name} is out of date`);
    }
  });

  test("only the admin key opens a component", async () => {
    const stranger: any = client;
    await assert.rejects(stranger.function("books:titles", "facts", {}), /Could not find/);
    await assert.rejects(admin.function("books:titles", "nowhere", {}), /nowhere/);
  });
}
