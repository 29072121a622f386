// What becomes of the uploads of `npx convex import`. Each import is a row of `_imports`, so the command can watch its state.
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { complain } from "../ground/terminal.ts";
import type { Transaction } from "../query/transaction.ts";
import type { Host } from "../run/host.ts";
import { FunctionError } from "../value/errors.ts";
import type { Json, JsonObject } from "../value/json.ts";
import { encodeInt64, isObject } from "../value/values.ts";
import { runImport } from "./import.ts";
import { FORMATS, type Upload } from "./reader.ts";
import { MODES, type Mode, type Summary, summaryOf } from "./summary.ts";
import { bad, Uploads } from "./uploads.ts";

const PROGRESS_MS = 500;
const ROWS_KEPT_MS = 86_400_000;

interface Waiting {
  upload: Upload & { files: string };
  mode: Mode;
  summary: Summary;
}

export class Imports {
  readonly uploads: Uploads;
  /** Imports that wait to be confirmed, by id. */
  readonly #waiting = new Map<string, Waiting>();
  #last = Promise.resolve();

  constructor(data: string) {
    this.uploads = new Uploads(join(data, "imports"), (path) => {
      for (const [id, { upload }] of this.#waiting) if (upload.path === path) this.#waiting.delete(id);
    });
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
    const joined = await this.uploads.join(uploadToken, partTokens);
    const upload = { ...joined, format, table: tableName } as Waiting["upload"];
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
    this.uploads.take(waiting.upload.path);
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
