// Snapshots of all data that `npx convex export` asks for: the newest one, as a ZIP in the data folder.
import { createReadStream, mkdirSync, rmSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Files } from "../files/files.ts";
import type { Database } from "../store/database.ts";
import { RequestError } from "../value/errors.ts";
import { writeZip } from "./transfer.ts";

/** `npx convex export` fetches its snapshot at once, so older copies of all data are deleted. */
const KEPT_MS = 3_600_000;

export class Exports {
  readonly #folder: string;
  /** The timestamp of the newest. */
  latest: bigint | null = null;
  #timer: NodeJS.Timeout | undefined;

  constructor(data: string) {
    this.#folder = join(data, "exports");
    this.#clear();
  }

  /** Blocks all other work, so that the snapshot is of one moment. */
  make(db: Database, files: Files): void {
    this.#clear();
    mkdirSync(this.#folder, { recursive: true });
    const ts = db.ts;
    writeZip(db, files, this.#path(ts));
    this.latest = ts;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#clear(), KEPT_MS).unref();
  }

  #clear(): void {
    this.latest = null;
    rmSync(this.#folder, { recursive: true, force: true });
  }

  async send(name: string, response: ServerResponse): Promise<void> {
    if (this.latest === null || name !== String(this.latest))
      throw new RequestError(404, "ExportNotFound", `There is no export ${name} any more.`);
    response.writeHead(200, {
      "Content-Type": "application/zip",
      "Content-Disposition": `attachment; filename=snapshot_${name}.zip`,
    });
    await pipeline(createReadStream(this.#path(this.latest)), response).catch(() => response.destroy());
  }

  #path(ts: bigint): string {
    return join(this.#folder, `${ts}.zip`);
  }
}
