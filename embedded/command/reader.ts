// Reads what `npx convex import` uploaded, piece by piece: rows as JSON texts, and stored files.
import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { open, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Json, JsonObject } from "../value/json.ts";
import { Csv, csvDocument } from "./csv.ts";
import { parsed } from "./rows.ts";
import { type Entry, unzip, zipEntries } from "./zip.ts";

export const FORMATS = ["csv", "jsonLines", "jsonArray", "zip"] as const;

export interface Upload {
  path: string;
  format: (typeof FORMATS)[number];
  /** Of what is no ZIP. */
  table: string;
  /** Where stored files go; null if only the rows are to be counted. */
  files: string | null;
}

/** `where` says for each row where it is: "Line 3". */
export type Piece =
  | { type: "rows"; table: string; number: number | null; where: string[]; texts: string[] }
  | { type: "file"; id: string; uuid: string; sha256: string; size: number };

const ROWS = 200;
const CHARACTERS = 1 << 18;
const LINE_LIMIT = 8 << 20;
const ARRAY_LIMIT = 8 << 20;
const TOTAL_LIMIT = 4 * 2 ** 30;
/** The largest number of a table that an id can hold. */
const LAST_NUMBER = 2 ** 32 - 1;
const DOCUMENTS = /^([^/]+)\/documents\.jsonl$/;
const STORED = /^_storage\/([0-9a-z]{31,37})(\.[^/]*)?$/;

const NOT_UTF8 = "The file is not UTF-8.";

type Row = readonly [where: string, text: string];

const refuse = (message: string): never => {
  throw new RangeError(message);
};

/** What there is to import, table by table. Raises RangeError, which says what is wrong with it. */
export async function* read({ path, format, table, files }: Upload): AsyncGenerator<Piece> {
  if (format === "zip") yield* readZip(path, files);
  else if (format === "jsonArray") yield* pieces(table, null, elements(path));
  else if (format === "csv") yield* pieces(table, null, csv(createReadStream(path)));
  else yield* pieces(table, null, lines(createReadStream(path), "Line"));
}

async function* readZip(path: string, files: string | null): AsyncGenerator<Piece> {
  const entries = zipEntries(path);
  if (entries.reduce((total, { size }) => total + size, 0) > TOTAL_LIMIT) refuse("The ZIP holds more than 4 GB.");
  const component = entries.find(({ name }) => name.startsWith("_components/"));
  if (component) refuse(`${component.name} is of a component: only the app's own tables can be imported.`);
  const numbers = new Map<string, number>();
  const listed = entries.find(({ name }) => name === "_tables/documents.jsonl");
  for await (const [where, text] of listed ? lines(unzip(path, listed), `${listed.name} line`) : []) {
    const { name, id } = parsed(where, text);
    if (typeof name !== "string" || !Number.isInteger(id) || (id as number) < 1 || (id as number) > LAST_NUMBER)
      return refuse(`${where}: a table needs a name, and an id of 1 to ${LAST_NUMBER}.`);
    numbers.set(name, id as number);
  }
  if (!entries.some(({ name }) => DOCUMENTS.test(name))) refuse("The ZIP has no <table>/documents.jsonl.");
  for (const entry of entries) {
    const table = DOCUMENTS.exec(entry.name)?.[1];
    if (table !== undefined && table !== "_tables")
      yield* pieces(table, numbers.get(table) ?? null, lines(unzip(path, entry), `${entry.name} line`));
    const id = entry.name.endsWith(".jsonl") ? undefined : STORED.exec(entry.name)?.[1];
    if (id !== undefined && files !== null) yield file(path, entry, id, files);
  }
}

async function file(zip: string, entry: Entry, id: string, folder: string): Promise<Piece> {
  const hash = createHash("sha256");
  const uuid = randomUUID();
  const path = join(folder, uuid);
  await pipeline(
    unzip(zip, entry),
    async function* (bytes: AsyncIterable<Buffer>) {
      for await (const piece of bytes) {
        hash.update(piece);
        yield piece;
      }
    },
    createWriteStream(path, { flags: "wx", mode: 0o600 }),
  );
  const written = await open(path, "r+");
  await written.sync().finally(() => written.close());
  return { type: "file", id, uuid, sha256: hash.digest("base64"), size: entry.size };
}

async function* pieces(table: string, number: number | null, rows: AsyncIterable<Row>): AsyncGenerator<Piece> {
  let piece = { type: "rows" as const, table, number, where: [] as string[], texts: [] as string[] };
  let characters = 0;
  for await (const [where, text] of rows) {
    piece.where.push(where);
    piece.texts.push(text);
    characters += text.length;
    if (piece.texts.length < ROWS && characters < CHARACTERS) continue;
    yield piece;
    piece = { ...piece, where: [], texts: [] };
    characters = 0;
  }
  yield piece; // perhaps without rows: the table is there
}

async function* lines(bytes: AsyncIterable<Buffer>, name: string): AsyncGenerator<Row> {
  let rest = "";
  let number = 0;
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const decode = (piece?: Buffer): string => {
    try {
      return piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
    } catch {
      return refuse(`${name} ${number + 1} is not UTF-8.`);
    }
  };
  for await (const piece of bytes) {
    const found = (rest + decode(piece)).split("\n");
    rest = found.pop()!;
    if (rest.length > LINE_LIMIT) refuse(`${name} ${number + 1} is longer than 8 MB.`);
    for (const text of found) {
      number++;
      if (text.trim() !== "") yield [`${name} ${number}`, text];
    }
  }
  rest += decode();
  if (rest.trim() !== "") yield [`${name} ${number + 1}`, rest];
}

async function* csv(bytes: AsyncIterable<Buffer>): AsyncGenerator<Row> {
  const parser = new Csv();
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let header: string[] | null = null;
  const documents = function* (rows: Iterable<Parameters<typeof csvDocument>[1]>): Generator<Row> {
    for (const row of rows) {
      if (header !== null) yield [`Line ${row.line}`, JSON.stringify(csvDocument(header, row))];
      else if (new Set((header = row.fields)).size < header.length) refuse("Line 1 names a field twice.");
    }
  };
  try {
    for await (const piece of bytes) yield* documents(parser.take(decoder.decode(piece, { stream: true })));
    yield* documents(parser.take(decoder.decode()));
  } catch (error) {
    throw error instanceof TypeError ? new RangeError(NOT_UTF8) : error;
  }
  yield* documents(parser.end());
  if (header === null) refuse("The file is empty: a CSV file begins with the names of the fields.");
}

async function* elements(path: string): AsyncGenerator<Row> {
  if ((await stat(path)).size > ARRAY_LIMIT)
    refuse("A JSON array may have 8 MB at most: write one document on each line, and import that as .jsonl.");
  let array: Json;
  try {
    array = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(await readFile(path))) as Json;
  } catch (error) {
    if (error instanceof TypeError) return refuse(NOT_UTF8);
    return refuse(`The file is not JSON: ${(error as Error).message}.`);
  }
  if (!Array.isArray(array)) return refuse("The file must be a JSON array of objects.");
  for (const [place, element] of (array as JsonObject[]).entries())
    yield [`Element ${place + 1}`, JSON.stringify(element)];
}
