// What `npx convex import` uploads, and what becomes of it. Each import is a row of `_imports`, so the command can watch its state.
import { randomUUID } from "node:crypto";
import { createReadStream, createWriteStream, mkdirSync, rmSync } from "node:fs";
import { mkdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { complain } from "../ground/terminal.ts";
import type { Transaction } from "../query/transaction.ts";
import type { Host } from "../run/host.ts";
import { FunctionError, RequestError } from "../value/errors.ts";
import type { Json, JsonObject } from "../value/json.ts";
import { encodeInt64, isObject } from "../value/values.ts";
import { runImport } from "./import.ts";
import { FORMATS, type Upload } from "./reader.ts";
import { MODES, type Mode, type Summary, summaryOf } from "./summary.ts";

export const PART_LIMIT = 64 << 20;
const PARTS = 10_000;
const UPLOAD_LIMIT = 4 * 2 ** 30;
/** An upload that nobody imports, or confirms, is deleted after this time. */
const KEPT_MS = 3_600_000;
const PROGRESS_MS = 500;
const ROWS_KEPT_MS = 86_400_000;

const bad = (message: string): RequestError => new RequestError(400, "BadImport", message);

interface Waiting {
  upload: Upload & { files: string };
  mode: Mode;
  summary: Summary;
}

export class Imports {
  readonly #folder: string;
  readonly #uploads = new Set<string>();
  /** Imports that wait to be confirmed, by id. */
  readonly #waiting = new Map<string, Waiting>();
  #last = Promise.resolve();

  constructor(data: string) {
    this.#folder = join(data, "imports");
    rmSync(this.#folder, { recursive: true, force: true });
  }

  // --- the upload ---

  begin(): string {
    const token = randomUUID();
    mkdirSync(join(this.#folder, token, "files"), { recursive: true, mode: 0o700 });
    this.#uploads.add(token);
    setTimeout(() => void this.#forget(token), KEPT_MS).unref();
    return token;
  }

  async part(token: string | null, number: number, bytes: AsyncIterable<Buffer>): Promise<string> {
    const folder = this.#folderOf(token);
    if (!Number.isInteger(number) || number < 1 || number >= PARTS) throw bad(`partNumber must be 1 to ${PARTS - 1}.`);
    const path = join(folder, String(number));
    let size = 0;
    await pipeline(
      bytes,
      async function* (pieces) {
        for await (const piece of pieces as AsyncIterable<Buffer>) {
          size += piece.length;
          if (size > PART_LIMIT) throw bad(`A part may have ${PART_LIMIT >> 20} MB at most.`);
          yield piece;
        }
      },
      createWriteStream(`${path}.part`, { mode: 0o600 }),
    );
    await rename(`${path}.part`, path);
    return String(number);
  }

  /** Starts the import of the uploaded parts. The answer is its id. */
  async finish(host: Host, body: JsonObject): Promise<string> {
    const { uploadToken, partTokens } = body;
    const {
      mode,
      format,
      tableName = "",
      componentPath,
    } = (isObject(body.import) ? body.import : {}) as Record<string, Json>;
    if (!(MODES as readonly Json[]).includes(mode!)) throw bad(`mode must be one of ${MODES.join(", ")}.`);
    if (!(FORMATS as readonly Json[]).includes(format!)) throw bad(`format must be one of ${FORMATS.join(", ")}.`);
    if (typeof tableName !== "string" || (tableName === "") !== (format === "zip"))
      throw bad("tableName must be the name of a table, and none with a ZIP.");
    if (componentPath) throw bad("Data of components cannot be imported here.");
    if (!Array.isArray(partTokens)) throw bad("partTokens must be a list.");
    const folder = this.#folderOf(uploadToken as string);
    const path = join(folder, "upload");
    await joined(
      path,
      partTokens.map((part) => join(folder, String(Number(part)))),
    );
    const upload = { path, format, table: tableName, files: join(folder, "files") } as Waiting["upload"];
    const id = await this.#add(host, { state: "uploaded" });
    this.#next(host, id, async () => {
      const summary = await summaryOf(host, upload, mode as Mode);
      this.#waiting.set(id, { upload, mode: mode as Mode, summary });
      const { deletes, text } = summary;
      await this.#set(host, id, {
        ...{ state: "waiting_for_confirmation", message_to_confirm: text },
        require_manual_confirmation: deletes > 0,
      });
    });
    return id;
  }

  async perform(host: Host, id: Json | undefined): Promise<void> {
    const waiting = typeof id === "string" ? this.#waiting.get(id) : undefined;
    if (waiting === undefined)
      throw bad(`There is no import ${JSON.stringify(id ?? null)} that waits to be confirmed.`);
    this.#waiting.delete(id as string);
    this.#uploads.delete(basename(dirname(waiting.upload.path)));
    // The command looks at the state again once this is answered.
    await this.#set(host, id as string, { state: "in_progress" });
    this.#next(host, id as string, () => this.#run(host, id as string, waiting));
  }

  async #run(host: Host, id: string, { upload, mode, summary }: Waiting): Promise<void> {
    let told = 0;
    const progress = (rows: number): void => {
      if (performance.now() - told < PROGRESS_MS) return;
      told = performance.now();
      const progress_message = `Importing (${rows} documents)`;
      void this.#set(host, id, { state: "in_progress", progress_message, checkpoint_messages: [] });
    };
    let rows: number;
    try {
      rows = await runImport(host, upload, mode, summary, progress);
    } finally {
      this.eraseSoon(host);
      await rm(join(upload.path, ".."), { recursive: true, force: true });
    }
    await this.#set(host, id, { state: "completed", num_rows_written: { $integer: encodeInt64(BigInt(rows)) } });
  }

  // --- its state ---

  /** One after another. */
  #next(host: Host, id: string, work: () => Promise<void>): void {
    this.#last = this.#last.then(work).catch((error: Error) => {
      if (!(error instanceof FunctionError)) complain("import", error);
      const error_message =
        error instanceof FunctionError ? error.message : "The import failed: see the deployment's log.";
      return this.#set(host, id, { state: "failed", error_message });
    });
  }

  async #add(host: Host, state: JsonObject): Promise<string> {
    return (await commit(host, (tx) => tx.insert(tableOf(tx), { state }, () => {}))) as string;
  }

  async #set(host: Host, id: string, state: JsonObject): Promise<void> {
    await commit(host, (tx) => {
      const row = tx.get(tableOf(tx), id);
      if (row) tx.update(tableOf(tx), id, { ...row.value, state }, () => {});
    });
  }

  /** At a start: imports of an earlier process have ended, and their tables are erased. */
  start(host: Host): void {
    this.eraseSoon(host);
    host.write((tx) => {
      for (const { value } of [...host.db.rows(tableOf(tx))]) {
        const { _id, _creationTime, state } = value as { _id: string; _creationTime: number; state: { state: string } };
        if (Date.now() - _creationTime > ROWS_KEPT_MS) tx.remove(tableOf(tx), _id);
        else if (!["completed", "failed"].includes(state.state))
          tx.update(tableOf(tx), _id, { ...value, state: { state: "failed", error_message: STOPPED } }, () => {});
      }
    });
  }

  /** Erases what an import has replaced, or left. */
  eraseSoon(host: Host): void {
    host.db
      .erase((row) => host.files.remove((JSON.parse(row) as { uuid: string }).uuid))
      .catch((error: unknown) => complain("import", error));
  }

  #folderOf(token: string | null): string {
    if (token === null || !this.#uploads.has(token)) throw bad("There is no upload with this uploadToken.");
    return join(this.#folder, token);
  }

  async #forget(token: string): Promise<void> {
    if (!this.#uploads.delete(token)) return; // it is being imported
    for (const [id, { upload }] of this.#waiting) if (upload.path.includes(token)) this.#waiting.delete(id);
    await rm(join(this.#folder, token), { recursive: true, force: true });
  }
}

const STOPPED = "The deployment was stopped during the import: try again.";
const tableOf = (tx: Transaction) => tx.db.tablesOf("").get("_imports")!;

function commit(host: Host, write: (tx: Transaction) => Json | void): Promise<Json> {
  return new Promise((resolve, reject) =>
    host.write(write, (outcome) =>
      outcome.ok ? resolve(JSON.parse(outcome.value) as Json) : reject(new Error(outcome.detail ?? outcome.message)),
    ),
  );
}

/** The parts as one file, in their order. */
async function joined(path: string, parts: string[]): Promise<void> {
  await mkdir(join(path, ".."), { recursive: true });
  let size = 0;
  for (const part of parts) {
    size += (await stat(part).catch(() => Promise.reject(bad("A part of the upload is missing.")))).size;
    if (size > UPLOAD_LIMIT) throw bad("An upload may have 4 GB at most.");
  }
  await pipeline(
    async function* () {
      for (const part of parts) {
        yield* createReadStream(part);
        await rm(part);
      }
    },
    createWriteStream(path, { flags: "wx", mode: 0o600 }),
  );
}
