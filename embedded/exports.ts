// Snapshots of all data that `npx convex export` asks for: the newest one, as a ZIP in the data folder.
import { createReadStream, mkdirSync, readdirSync, rmSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import type { Database } from "./database.ts";
import { RequestError } from "./errors.ts";
import type { Files } from "./files.ts";
import { writeZip } from "./transfer.ts";

export class Exports {
  readonly #folder: string;
  /** The timestamp of the newest. */
  latest: bigint | null = null;

  constructor(data: string) {
    this.#folder = join(data, "exports");
  }

  /** All else waits for it: the snapshot is of one moment. */
  make(db: Database, files: Files): void {
    mkdirSync(this.#folder, { recursive: true });
    for (const name of readdirSync(this.#folder)) rmSync(join(this.#folder, name));
    const ts = db.ts;
    writeZip(db, files, this.#path(ts));
    this.latest = ts;
  }

  async send(name: string, response: ServerResponse): Promise<void> {
    if (this.latest === null || name !== String(this.latest)) throw new RequestError(404, "ExportNotFound", `There is no export ${name} any more.`);
    response.writeHead(200, { "Content-Type": "application/zip", "Content-Disposition": `attachment; filename=snapshot_${name}.zip` });
    await pipeline(createReadStream(this.#path(this.latest)), response).catch(() => response.destroy());
  }

  #path(ts: bigint): string {
    return join(this.#folder, `${ts}.zip`);
  }
}
