// Helpers for every HTTP request: body, caller, answer.
import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Identity } from "../auth/identity.ts";
import type { Deployment } from "../deployment.ts";
import type { Origin } from "../run/call.ts";
import { RequestError } from "../value/errors.ts";

export const pathOf = (request: IncomingMessage): string => (request.url ?? "/").split("?", 1)[0]!;

/** The body is read to its end in any case, so that the answer arrives. Raises RequestError 413. */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
    });
    request.once("end", () => {
      if (size > limit)
        reject(new RequestError(413, "RequestTooLarge", `The body is too large (${size} bytes, limit ${limit}).`));
      else resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
    });
    request
      .once("error", reject)
      .once("close", () => reject(new Error("The client left in the middle of its request.")));
  });
}

/** The caller: `Bearer` with a token, or `Convex` with the admin key and perhaps a user. Raises RequestError 400 or 401. */
export async function caller(deployment: Deployment, request: IncomingMessage): Promise<Identity | null> {
  const { authorization } = request.headers;
  if (authorization === undefined) {
    const key = new URLSearchParams((request.url ?? "").split("?")[1]).get("adminKey");
    return key === null ? null : deployment.admin.identify(key);
  }
  const [, scheme, credential] = /^(\S+)\s+(.+)$/.exec(authorization) ?? [];
  if (scheme?.toLowerCase() === "bearer") return deployment.verifier.verify(credential!);
  if (scheme?.toLowerCase() === "convex") return deployment.admin.identify(credential!);
  throw authorization.length < 7
    ? new RequestError(400, "InvalidHeaderFailure", "Invalid authentication header")
    : new RequestError(400, "InvalidAdminKey", "Invalid admin key");
}

/** The caller may give it, to find the request in the logs again. */
const requestIdOf = (given: string | string[] | undefined): string =>
  typeof given === "string" && /^[\w-]{1,64}$/.test(given) ? given : randomBytes(8).toString("hex");

export const originOf = (request: IncomingMessage): Origin => ({
  ip: request.socket.remoteAddress ?? null,
  userAgent: request.headers["user-agent"] ?? null,
  requestId: requestIdOf(request.headers["convex-request-id"]),
});

export function send(response: ServerResponse, status: number, body: string | Buffer, type = "application/json"): void {
  response.writeHead(status, { "Content-Type": type, "Content-Length": Buffer.byteLength(body) }).end(body);
}

export const sendJson = (response: ServerResponse, status: number, body: object): void =>
  send(response, status, JSON.stringify(body));
