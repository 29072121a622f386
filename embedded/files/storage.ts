// Stored files as rows: `_storage`, which functions may read, and `_files`, which knows the secret name of each.
import { createHash, createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Site } from "../functions/environment.ts";
import type { Transaction } from "../query/transaction.ts";
import type { Database } from "../store/database.ts";
import type { Readable } from "../store/readable.ts";
import type { Index, Row, Table } from "../store/tables.ts";
import { mustBeText, wrongArgument } from "../value/arguments.ts";
import { FunctionError } from "../value/errors.ts";
import type { JsonObject } from "../value/json.ts";
import { encodeKey, endOf } from "../value/keys.ts";
import type { StoredFile } from "./files.ts";

const UPLOAD_WITHIN_MS = 3_600_000;

interface FileRow {
  document: JsonObject;
  uuid: string;
}

export const hex = (base64: string): string => Buffer.from(base64, "base64").toString("hex");

const one = (db: Readable, index: Index, value: string): Row | undefined => {
  const key = encodeKey(value);
  return db.range(index, key, endOf(key), false, 1)[0];
};
const index = (tables: ReadonlyMap<string, Table>, name: string): Index => tables.get("_files")!.indexes.get(name)!;

/** Adds the file to the tables. The answer is its storage id. */
export function insertFile(tx: Transaction, file: StoredFile, contentType: string | null): string {
  const { uuid, sha256, size } = file;
  const document = { sha256, size, ...(contentType ? { contentType } : {}) };
  const id = tx.insert(tx.tables.get("_storage")!, document, () => {});
  tx.insert(tx.tables.get("_files")!, { storageId: id, uuid }, () => {});
  return id;
}

/** Null if there is no such file. Raises FunctionError, naming the method of `ctx.storage`, for an id that is none of a file. */
export function findFile(tx: Transaction, id: string, method: string): FileRow | null {
  mustBeText(`storage.${method}`, "storageId", id);
  const table = tx.tableOf(id);
  if (table === null)
    throw wrongArgument(
      `storage.${method}`,
      "storageId",
      `Invalid storage ID: "${id}". Storage ID should be an Id of '_storage' table, or a UUID string.`,
    );
  if (table.name !== "_storage")
    throw new FunctionError("Invalid storage ID. Storage ID cannot be an ID on any table other than '_storage'.");
  const row = tx.get(table, id);
  const name = row && nameRow(tx, id);
  return row && name ? { document: row.value, uuid: name.value.uuid as string } : null;
}

function nameRow(tx: Transaction, id: string): { value: JsonObject } | null {
  const key = encodeKey(id);
  const byStorage = index(tx.tables, "by_storage");
  return one(tx.db, byStorage, id) ?? tx.nearestPending(byStorage, key, endOf(key), false)?.row ?? null;
}

/** Raises FunctionError if there is no such file. The answer is the name of the bytes, to be removed after the commit. */
export function removeFile(tx: Transaction, id: string): string {
  const found = findFile(tx, id, "delete");
  if (found === null) throw new FunctionError(`storage id ${id} not found`);
  tx.remove(tx.tables.get("_storage")!, id);
  tx.remove(tx.tables.get("_files")!, nameRow(tx, id)!.value._id as string);
  return found.uuid;
}

/** The file, of whatever component. */
export function fileByUuid(db: Database, uuid: string): FileRow | null {
  for (const tables of db.spaces.values()) {
    const name = tables.has("_files") ? one(db, index(tables, "by_uuid"), uuid) : undefined;
    const row = name && db.get(tables.get("_storage")!, name.value.storageId as string);
    if (row) return { document: row.value, uuid };
  }
  return null;
}

/** What `ctx.storage.getMetadata` answers. */
export function metadata({ document }: FileRow): JsonObject {
  const {
    _id,
    sha256,
    size,
    contentType = null,
  } = document as { _id: string; sha256: string; size: number; contentType?: string };
  return { storageId: _id, sha256: hex(sha256), size, contentType };
}

export const fileUrl = ({ site }: { site: Site }, file: FileRow | null): string | null =>
  file && `${site.cloud}/api/storage/${file.uuid}`;
export const uploadUrl = ({ site, uploads }: { site: Site; uploads: UploadTokens }, component: string): string =>
  `${site.cloud}/api/storage/upload?token=${uploads.make(component)}`;

/** Raises FunctionError if the digest, base64 or hex, is there and is another one. */
export function checkDigest(bytes: Uint8Array, wanted: string | undefined): void {
  if (wanted === undefined) return;
  const sha256 = createHash("sha256").update(bytes).digest("base64");
  if (wanted !== sha256 && wanted.toLowerCase() !== hex(sha256))
    throw new FunctionError(`Sha256 mismatch. Expected: ${wanted} Actual: ${sha256}`);
}

/** Tokens of upload URLs: good for an hour, and not to be made by anybody else. */
export class UploadTokens {
  readonly #secret: string;

  constructor(secret: string) {
    this.#secret = secret;
  }

  make(component: string): string {
    const salt = randomBytes(9).toString("base64url");
    const claim = `${Date.now() + UPLOAD_WITHIN_MS}.${Buffer.from(component).toString("base64url")}.${salt}`;
    return `${claim}.${this.#sign(claim).toString("base64url")}`;
  }

  /** The component into which the file goes, or null if the token is not valid. */
  accept(token: string): string | null {
    const dot = token.lastIndexOf(".");
    const given = Buffer.from(token.slice(dot + 1), "base64url");
    const right = this.#sign(token.slice(0, dot));
    if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
    const [until, component] = token.split(".");
    return Number(until) > Date.now() ? Buffer.from(component!, "base64url").toString() : null;
  }

  #sign(claim: string): Buffer {
    return createHmac("sha256", this.#secret).update(`upload ${claim}`).digest();
  }
}
