// What `npx convex import` uploads, and what becomes of it. command.test.ts runs the command itself.
import assert from "node:assert/strict";
import { test } from "node:test";
import { ConvexClient, ConvexHttpClient } from "convex/browser";
import { Csv } from "../../../embedded/command/csv.ts";
import { api } from "../convex/_generated/api.js";
import { post, start } from "../start.ts";
import { adminKey } from "./npx.ts";
import { upload } from "./uploads.ts";

const running = await start();
const client = new ConvexHttpClient(running.url, { logger: false });
const bodies = (room: string): Promise<string[]> => client.query(api.notes.bodies, { room });
const lines = (...rows: object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join("");

test("JSON lines, arrays and CSV become documents", async () => {
  const empty = await upload(running, lines({ room: "a", body: "one" }, { room: "a", body: "two", n: 2 }));
  assert.deepEqual([empty.state, empty.num_rows_written], ["completed", 2n]);
  assert.equal(empty.asked.require_manual_confirmation, false);
  assert.match(empty.asked.message_to_confirm, /notes: 2 documents are added$/);
  await upload(running, JSON.stringify([{ room: "a", body: "é 😀" }]), { format: "jsonArray", mode: "append" });
  // Parts end anywhere, in the middle of a character too.
  const csv = 'room,body,n\r\na,"say ""hi"", or\nbye",-1.5e3\r\na,7a,.5\r\n';
  await upload(running, csv, { format: "csv", mode: "append", part: 3 });
  assert.deepEqual(await bodies("a"), ["one", "two", "é 😀", 'say "hi", or\nbye', "7a"]);
  const found = await client.query(api.notes.between, { room: "a", from: -2000, to: 10, order: "asc" });
  assert.deepEqual(found, [-1500, 0.5, 2]);
  const search = await client.query(api.notes.search, { text: "hi", room: "a" } as never);
  assert.equal((search as unknown[]).length, 1);
});

test("a CSV row with one empty text is a document", () => {
  const parser = new Csv();
  const rows = [...parser.take('"a"\n""\n\n"b"\r\n'), ...parser.end()];
  assert.deepEqual(
    rows.map(({ line, fields }) => [line, fields]),
    [
      [1, ["a"]],
      [2, [""]],
      [4, ["b"]],
    ],
  );
});

test("a table with documents is only replaced if that was said", async () => {
  const refused = await upload(running, lines({ room: "b", body: "x" }));
  assert.equal(
    refused.error_message,
    'Table "notes" has documents already: say --append to add to them, or --replace to replace them.',
  );
  const seen: number[] = [];
  const live = new ConvexClient(running.url);
  const first = new Promise<void>((resolve) =>
    live.onUpdate(api.notes.count, { room: "b" }, (count) => {
      seen.push(count);
      resolve();
    }),
  );
  await first;
  const many = lines(...Array.from({ length: 2000 }, (_, n) => ({ room: "b", body: "text", n })));
  const replaced = await upload(running, many, { mode: "replace" });
  assert.equal(replaced.asked.require_manual_confirmation, true);
  assert.match(replaced.asked.message_to_confirm, /notes: 2000 documents are added, 5 deleted/);
  const ts = await client.query(api.notes.count, { room: "b" });
  while (seen.at(-1) !== ts) await new Promise((resolve) => setTimeout(resolve, 2));
  assert.deepEqual(seen, [0, 2000]);
  await live.close();
  assert.deepEqual(await bodies("a"), []);
});

test("ids and times are kept, and must be of the table", async () => {
  const id = await client.mutation(api.notes.add, { room: "c", body: "old" });
  const kept = { _id: id, _creationTime: 1234.5, room: "c", body: "new" };
  await upload(running, lines(kept), { mode: "replace" });
  assert.deepEqual(await client.query(api.notes.get, { id }), kept);
  const again = await upload(running, lines(kept), { mode: "append" });
  assert.match(again.error_message, /Table "notes" has the document \w+ already\.$/);
});

test("bad input is refused with its place and field, and changes nothing", async () => {
  const before = await client.query(api.notes.count, { room: "c" });
  const cases: [string | Uint8Array, RegExp, object?][] = [
    [lines({ room: "c", body: "x" }, { room: "c", body: 5 }), /^Line 2 does not match the schema .*\nPath: \.body/],
    [lines({ room: "c" }), /^Line 1 does not match the schema[^]*`body`/],
    ["\n\n{not JSON}\n", /^Line 3 is not JSON: /],
    ["[1]\n", /^Line 1 must be a JSON object/],
    [lines({ room: "c", body: "x", _own: 1 }), /^Line 1: field "_own" begins with an underscore/],
    [lines({ room: "c", body: "x", _creationTime: "now" }), /^Line 1: field "_creationTime" must be a number/],
    [lines({ room: "c", body: "x", _id: "abc" }), /^Line 1: field "_id": "abc" is no id of table "notes"/],
    [lines({ room: "c", body: "x", $a: 1 }), /^Line 1: .*\$a/],
    [lines({ room: "c", body: "x".repeat(1 << 20) }), /^Line 1: Value is too large/],
    ["room,body\nc,x\nc\n", /^Line 3 has 1 fields, and the header 2/, { format: "csv" }],
    ['room,body\nc,"x\n', /^Line 2: a quoted field does not end/, { format: "csv" }],
    ["room,room\n", /^Line 1 names a field twice/, { format: "csv" }],
    ["room,body,__proto__\nc,x,y\n", /^Line 2: field "__proto__" begins with an underscore/, { format: "csv" }],
    ['{"room": "c", "body": "x", "n": 1e999}\n', /^Line 1: number out of range/],
    [Buffer.from('[{"room": "c", "body": "\xe9"}]', "latin1"), /^The file is not UTF-8/, { format: "jsonArray" }],
    ["{}", /^The file must be a JSON array/, { format: "jsonArray" }],
    ["[", /^The file is not JSON/, { format: "jsonArray" }],
    [`["${"x".repeat(8 << 20)}"]`, /^A JSON array may have 8 MB at most/, { format: "jsonArray" }],
    ["{}", /^The file is not a ZIP file/, { format: "zip" }],
    ["{}", /^"a b" is no name of a table/, { table: "a b" }],
    ["{}", /^Table "_files" belongs to the database/, { table: "_files" }],
  ];
  for (const [file, sentence, how] of cases) {
    const { state, error_message } = await upload(running, file, { mode: "replace", ...how });
    assert.match(error_message, sentence);
    assert.equal(state, "failed");
  }
  const { _id } = (await client.query(api.notes.list, { room: "c" }))[0]!;
  const twice = lines({ room: "c", body: "x" }, { _id, room: "c", body: "x" }, { _id, room: "c", body: "y" });
  const { error_message } = await upload(running, twice, { mode: "replace" });
  assert.match(error_message, /^Line 3: field "_id": \w+ appears twice\.$/);
  assert.equal(await client.query(api.notes.count, { room: "c" }), before);
});

test("requests that make no sense are refused", async () => {
  const key = { authorization: `Convex ${adminKey(running)}` };
  const ask = async (path: string, body: object): Promise<[number, string]> => {
    const answer = await post(running.url, path, body, key);
    return [answer.status, answer.body.message];
  };
  assert.deepEqual((await post(running.url, "/api/import/start_upload", {})).status, 403);
  const named = { mode: "append", format: "csv", tableName: "notes" };
  for (const [path, body, sentence] of [
    ["/api/import/upload_part?uploadToken=x&partNumber=1", {}, /no upload with this uploadToken/],
    ["/api/import/finish_upload", { import: { ...named, mode: "x" } }, /mode must be one of requireEmpty, append/],
    ["/api/import/finish_upload", { import: { ...named, format: "x" } }, /format must be one of csv, jsonLines/],
    ["/api/import/finish_upload", { import: { ...named, tableName: "" } }, /tableName must be the name of a table/],
    ["/api/import/finish_upload", { import: { ...named, componentPath: "a" } }, /components cannot be imported/],
    ["/api/import/finish_upload", { import: named, partTokens: 1 }, /partTokens must be a list/],
    ["/api/import/finish_upload", { import: named, partTokens: [] }, /no upload with this uploadToken/],
    ["/api/perform_import", { importId: "x" }, /There is no import "x" that waits/],
  ] as const) {
    const [status, message] = await ask(path, body);
    assert.equal(status, 400);
    assert.match(message, sentence);
  }
});
