// Upload and download of stored files over HTTP.
import { createReadStream, existsSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import type { Deployment } from "../deployment.ts";
import { fileByUuid, hex, insertFile } from "../files/storage.ts";
import type { Outcome } from "../run/result.ts";
import { RequestError, storageCode } from "../value/errors.ts";

const CACHE_CONTROL = "private, max-age=2592000";

/** `POST /api/storage/upload?token=…`: the body is the file. Answers `{"storageId"}` once it is on disk. */
export async function upload(
  deployment: Deployment,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const token = new URLSearchParams(request.url!.split("?")[1]).get("token");
  const component = token === null ? null : deployment.uploads.accept(token);
  if (component === null) {
    request.resume();
    if (token === null)
      throw new RequestError(400, "BadQueryArgs", "Failed to deserialize query string: missing field `token`");
    throw new RequestError(401, "StorageTokenInvalid", "Couldn't decode the StoreFileAuthorization token");
  }
  const wanted = digestOf(request);
  const file = await deployment.files.write(request).catch((error: NodeJS.ErrnoException) => {
    throw new RequestError(503, storageCode(error), `The file could not be saved: ${error.message}.`);
  });
  if (wanted !== null && wanted !== file.sha256) {
    deployment.files.remove(file.uuid);
    throw new RequestError(400, "Sha256Mismatch", `Sha256 mismatch. Expected: ${wanted} Actual: ${file.sha256}`);
  }
  const storageId = await new Promise<string>((resolve, reject) => {
    const insert = (tx: Parameters<typeof insertFile>[0]): string =>
      insertFile(tx, file, request.headers["content-type"] ?? null);
    const done = (outcome: Outcome): void =>
      outcome.ok
        ? resolve(outcome.value)
        : reject(new RequestError(503, storageCode(outcome.detail), outcome.detail ?? ""));
    deployment.write(insert, done, component);
  });
  response.writeHead(200, { "Content-Type": "application/json" }).end(`{"storageId":${storageId}}`);
}

/** `Digest: sha-256=<base64>`, or null. */
function digestOf(request: IncomingMessage): string | null {
  const { digest } = request.headers;
  if (digest === undefined) return null;
  const value = /^sha-256=([A-Za-z0-9+/]{43}=)$/i.exec(String(digest).trim())?.[1];
  if (value === undefined)
    throw new RequestError(400, "BadHeader", "Bad header for digest: it must be sha-256= and base64.");
  return value;
}

/** `GET /api/storage/{uuid}`, one Range at most. */
export async function download(
  deployment: Deployment,
  uuid: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = deployment.files.path(uuid);
  const found = path === undefined ? null : fileByUuid(deployment.db, uuid);
  if (path === undefined)
    throw new RequestError(
      400,
      "InvalidStoragePath",
      `Invalid storage path: "${uuid}". Please use \`storage.getUrl(storageId: Id<"_storage">)\` to generate a valid URL to retrieve files. See https://docs.convex.dev/file-storage/serve-files for more details`,
    );
  if (found === null) throw new RequestError(404, "FileNotFound", `File ${uuid} not found`);
  if (!existsSync(path))
    throw new RequestError(404, "FileNotFound", `The bytes of file ${uuid} are missing from the data folder`);
  const { sha256, size, contentType } = found.document as { sha256: string; size: number; contentType?: string };
  const etag = `"${hex(sha256)}"`;
  response.setHeader("Accept-Ranges", "bytes");
  response.setHeader("Cache-Control", CACHE_CONTROL);
  response.setHeader("Digest", `sha-256=${sha256}`);
  response.setHeader("ETag", etag);
  response.setHeader("X-Content-Type-Options", "nosniff");
  if (request.headers["if-none-match"] === etag) return void response.writeHead(304).end();
  response.setHeader("Content-Type", contentType ?? "application/octet-stream");
  const range =
    request.headers["if-range"] === undefined || request.headers["if-range"] === etag
      ? rangeOf(request.headers.range, size)
      : null;
  if (range === "unsatisfiable")
    return void response.writeHead(416, { "Content-Range": `bytes */${size}`, "Content-Length": 0 }).end();
  const { start, end } = range ?? { start: 0, end: size - 1 };
  if (range) response.setHeader("Content-Range", `bytes ${start}-${end}/${size}`);
  response.writeHead(range ? 206 : 200, { "Content-Length": end - start + 1 });
  if (request.method === "HEAD" || size === 0) return void response.end();
  await pipeline(createReadStream(path, { start, end }), response).catch(() => response.destroy());
}

/** Null for the whole file: also for what is no range, or more than one. */
function rangeOf(header: string | undefined, size: number): { start: number; end: number } | "unsatisfiable" | null {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header ?? "") ?? [];
  if (from === undefined || (from === "" && to === "")) return null;
  const start = from === "" ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === "" || to === "" ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== "" && from !== "" && Number(to) < start) return null;
  return start >= size || end < start ? "unsatisfiable" : { start, end };
}
