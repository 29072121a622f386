// The bytes of stored files: one file each, named by the secret part of its URL. It is on disk before the answer goes out.
import { createHash, randomUUID } from "node:crypto";
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeSync,
} from "node:fs";
import { open, rename, rm } from "node:fs/promises";
import { join } from "node:path";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const UNFINISHED = ".part";
const KEPT_ASIDE_MS = 7 * 86_400_000;

export interface StoredFile {
  uuid: string;
  /** Base64. */
  sha256: string;
  size: number;
}

export class Files {
  readonly #folder: string;
  readonly #aside: string;

  constructor(data: string) {
    this.#folder = join(data, "files");
    this.#aside = join(data, "files-aside");
    mkdirSync(this.#folder, { recursive: true });
  }

  /** Undefined if the name is no valid file name. */
  path(uuid: string): string | undefined {
    return UUID.test(uuid) ? join(this.#folder, uuid) : undefined;
  }

  /** Resolves when the bytes and their name are on disk. */
  async write(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<StoredFile> {
    const uuid = randomUUID();
    const path = join(this.#folder, uuid);
    const hash = createHash("sha256");
    let size = 0;
    try {
      const file = await open(path + UNFINISHED, "wx", 0o600);
      try {
        for await (const chunk of chunks) {
          hash.update(chunk);
          size += chunk.length;
          await file.writeFile(chunk);
        }
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(path + UNFINISHED, path);
      this.#syncFolder();
    } catch (error) {
      await rm(path + UNFINISHED, { force: true });
      throw error;
    }
    return { uuid, sha256: hash.digest("base64"), size };
  }

  /** Takes files over from another folder of the data folder. Their bytes are on disk, and their names when this ends. */
  async adopt(folder: string, uuids: readonly string[]): Promise<void> {
    for (const uuid of uuids) await rename(join(folder, uuid), join(this.#folder, uuid));
    if (uuids.length > 0) this.#syncFolder();
  }

  /** The same, synchronously: mutations cannot wait. */
  writeNow(bytes: Uint8Array): StoredFile {
    const uuid = randomUUID();
    const file = openSync(join(this.#folder, uuid), "wx", 0o600);
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    this.#syncFolder();
    return { uuid, sha256: createHash("sha256").update(bytes).digest("base64"), size: bytes.length };
  }

  read(uuid: string): Buffer {
    return readFileSync(join(this.#folder, uuid));
  }

  remove(uuid: string): void {
    rmSync(join(this.#folder, uuid), { force: true });
  }

  /** Moves files that no row names aside: a crash left them. A week later they are deleted. Returns how many were moved. */
  sweep(isKnown: (uuid: string) => boolean): number {
    mkdirSync(this.#aside, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(this.#aside)) {
      const path = join(this.#aside, name);
      if (Date.now() - statSync(path).mtimeMs > KEPT_ASIDE_MS) unlinkSync(path);
    }
    const unknown = readdirSync(this.#folder).filter((name) => !isKnown(name));
    for (const name of unknown) {
      const path = join(this.#aside, name);
      renameSync(join(this.#folder, name), path);
      utimesSync(path, new Date(), new Date());
    }
    return unknown.length;
  }

  /** How many of these have no bytes here. */
  missing(uuids: Iterable<string>): number {
    const there = new Set(readdirSync(this.#folder));
    let missing = 0;
    for (const uuid of uuids) if (!there.has(uuid)) missing++;
    return missing;
  }

  #syncFolder(): void {
    const folder = openSync(this.#folder, "r");
    fsyncSync(folder);
    closeSync(folder);
  }
}
