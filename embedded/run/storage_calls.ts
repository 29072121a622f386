// What `ctx.storage` asks for inside a query or mutation.
import {
  checkDigest,
  fileByUuid,
  fileUrl,
  findFile,
  insertFile,
  metadata,
  removeFile,
  uploadUrl,
} from "../files/storage.ts";
import type { Syscall } from "./run.ts";

export const STORAGE_SYSCALLS: Record<string, Syscall> = {
  "1.0/storageGenerateUploadUrl"(run) {
    run.mustWrite("storage.generateUploadUrl");
    return JSON.stringify(uploadUrl(run.host, run.tx.component));
  },
  "1.0/storageGetUrl": (run, { storageId }: { storageId: string }) =>
    JSON.stringify(fileUrl(run.host, findFile(run.tx, storageId, "getUrl"))),
  "1.0/storageGetMetadata"(run, { storageId }: { storageId: string }) {
    const file = findFile(run.tx, storageId, "getMetadata");
    return JSON.stringify(file && metadata(file));
  },
  "1.0/storageDelete"(run, { storageId }: { storageId: string }) {
    run.mustWrite("storage.delete");
    const uuid = removeFile(run.tx, storageId);
    // A sub-transaction that fails takes the deletion back.
    run.committed.push(() => fileByUuid(run.host.db, uuid) ?? run.host.files.remove(uuid));
    return "null";
  },
  "1.0/storageStore"(run, { blob, contentType, sha256 }: { blob: string; contentType: string; sha256?: string }) {
    run.mustWrite("storage.store");
    const bytes = Buffer.from(blob, "base64");
    checkDigest(bytes, sha256);
    const file = run.host.files.writeNow(bytes);
    return JSON.stringify(insertFile(run.tx, file, contentType));
  },
  "1.0/storageGet"(run, { storageId }: { storageId: string }) {
    const file = findFile(run.tx, storageId, "get");
    if (file === null) return "null";
    return JSON.stringify({
      blob: run.host.files.read(file.uuid).toString("base64"),
      contentType: file.document.contentType ?? null,
    });
  },
};
