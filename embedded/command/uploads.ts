// What `npx convex import` uploads, in parts. Each upload has a folder of its own.
import { randomUUID } from "node:crypto";
import { createReadStream, createWriteStream, mkdirSync, rmSync } from "node:fs";
import { rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { RequestError } from "../value/errors.ts";
import type { Json } from "../value/json.ts";

const PART_LIMIT = 64 << 20;
const PARTS = 10_000;
const UPLOAD_LIMIT = 4 * 2 ** 30;
/** An upload that nobody imports, or confirms, is deleted after this time. */
const KEPT_MS = 3_600_000;

export const bad = (message: string): RequestError => new RequestError(400, "BadImport", message);

export class Uploads {
  readonly #folder: string;
  readonly #tokens = new Set<string>();
  /** An upload was deleted, as nobody imported it. */
  readonly #forgotten: (path: string) => void;

  constructor(folder: string, forgotten: (path: string) => void) {
    this.#folder = folder;
    this.#forgotten = forgotten;
    rmSync(folder, { recursive: true, force: true });
  }

  /** The answer is its token. */
  begin(): string {
    const token = randomUUID();
    mkdirSync(join(this.#folder, token, "files"), { recursive: true, mode: 0o700 });
    this.#tokens.add(token);
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

  /** Makes one file of the parts. The answer is its path, and the folder for the stored files in it. */
  async join(token: Json | undefined, partTokens: readonly Json[]): Promise<{ path: string; files: string }> {
    const folder = this.#folderOf(token);
    const path = join(folder, "upload");
    await joined(
      path,
      partTokens.map((part) => join(folder, String(Number(part)))),
    );
    return { path, files: join(folder, "files") };
  }

  /** From now on the caller deletes it. */
  take(path: string): void {
    this.#tokens.delete(basename(dirname(path)));
  }

  #folderOf(token: Json | undefined): string {
    if (typeof token !== "string" || !this.#tokens.has(token)) throw bad("There is no upload with this uploadToken.");
    return join(this.#folder, token);
  }

  async #forget(token: string): Promise<void> {
    if (!this.#tokens.delete(token)) return; // it is being imported
    const folder = join(this.#folder, token);
    this.#forgotten(join(folder, "upload"));
    await rm(folder, { recursive: true, force: true });
  }
}

/** The parts as one file, in their order. */
async function joined(path: string, parts: string[]): Promise<void> {
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
