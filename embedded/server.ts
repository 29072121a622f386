// The HTTP API and the door to the sync protocol.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { WebSocketServer } from "ws";
import type { Outcome } from "./cache.ts";
import type { Deployment } from "./deployment.ts";
import { RequestError, StartError } from "./errors.ts";
import type { Identity } from "./identity.ts";
import { onlyArgument, Session } from "./sync.ts";
import { decodeInt64, encodeInt64, toCleanJson, type Json, type JsonObject } from "./values.ts";

const BODY_LIMIT = (16 << 20) + 2000;
/** JavaScript clients put their version into the path. */
const SYNC_PATH = /^\/api\/(?:([^/]+)\/)?sync$/;
const VERSION = "1.48.0";

type Call = { path: string; args: JsonObject; format: "json" | "convex_encoded_json" };

export class DeploymentServer {
  readonly #deployment: Deployment;
  readonly #http: Server;
  readonly #sockets: WebSocketServer;

  constructor(deployment: Deployment) {
    this.#deployment = deployment;
    this.#http = createServer((request, response) => void this.#serve(request, response));
    this.#http.keepAliveTimeout = 60_000;
    this.#sockets = new WebSocketServer({ noServer: true, maxPayload: BODY_LIMIT, perMessageDeflate: false });
    this.#http.on("upgrade", (request, socket, head) => {
      const path = SYNC_PATH.exec(pathOf(request));
      if (path === null) {
        socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
        return;
      }
      (socket as Socket).setNoDelay(true);
      this.#sockets.handleUpgrade(request, socket, head, (client) => void new Session(deployment, client, path[1] !== undefined));
    });
  }

  /** Resolves to the URL. Raises StartError if the port cannot be had. */
  listen(host: string, port: number): Promise<string> {
    return new Promise((resolve, reject) => {
      this.#http.once("error", (error: NodeJS.ErrnoException) => {
        const reason = error.code === "EADDRINUSE" ? "is already in use" : `cannot be opened (${error.message})`;
        reject(new StartError(`Port ${port} on ${host} ${reason}.`));
      });
      this.#http.listen(port, host, () => {
        const { port: given } = this.#http.address() as AddressInfo;
        resolve(`http://${host.includes(":") ? `[${host}]` : host}:${given}`);
      });
    });
  }

  close(): void {
    for (const client of this.#sockets.clients) client.close(1001, "The deployment is stopping");
    this.#http.close();
    this.#http.closeIdleConnections();
    setTimeout(() => {
      for (const client of this.#sockets.clients) client.terminate();
      this.#http.closeAllConnections();
    }, 200).unref();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      response.setHeader("Access-Control-Allow-Origin", request.headers.origin ?? "*");
      response.setHeader("Vary", "Origin");
      if (request.method === "OPTIONS") return preflight(request, response);
      await this.#route(request, response);
    } catch (error) {
      const known = error instanceof RequestError ? error : new RequestError(500, "InternalServerError", "Your request couldn't be completed. Try again later.");
      if (!(error instanceof RequestError)) console.error(error);
      answer(response, known.status, JSON.stringify({ code: known.code, message: known.message }));
    }
  }

  async #route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = pathOf(request);
    const method = request.method ?? "GET";
    if (path === "/version") return answer(response, 200, VERSION, "text/plain; charset=utf-8");
    if (path === "/") return answer(response, 200, "This Convex deployment is running.", "text/plain; charset=utf-8");
    if (path === "/instance_name") return answer(response, 200, "embedded", "text/plain; charset=utf-8");
    if (path === "/instance_version") return answer(response, 200, VERSION, "text/plain; charset=utf-8");
    if (path === "/api/query" && method === "GET") return this.#run("query", readUrl(request), request, response);
    if (method !== "POST") throw new RequestError(404, "NotFound", `There is no ${method} ${path} here.`);
    if (path === "/api/query_ts") {
      await readBody(request);
      return answer(response, 200, JSON.stringify({ ts: encodeInt64(this.#deployment.db.ts) }));
    }
    const body = await readBody(request);
    if (path === "/api/query_at_ts") {
      const { ts } = parseBody(body) as { ts?: unknown };
      if (typeof ts !== "string" || !/^[A-Za-z0-9+/]{11}=$/.test(ts) || decodeInt64(ts) > this.#deployment.db.ts) throw new RequestError(400, "InvalidTimestamp", "ts must be a timestamp of this deployment.");
      return this.#run("query", readCall(body), request, response);
    }
    if (path === "/api/query_batch") return this.#batch(body, request, response);
    const named = /^\/api\/run\/([\w/.-]+)$/.exec(path);
    if (named) {
      const call = readCall(body, named[1]!.replace(/\/([^/]+)$/, ":$1"));
      return this.#run(this.#deployment.catalog.find(call.path)?.kind ?? "query", call, request, response);
    }
    const kind = /^\/api\/(query|mutation|action)$/.exec(path)?.[1];
    if (kind === undefined) throw new RequestError(404, "NotFound", `There is no ${path} here.`);
    return this.#run(kind as "query" | "mutation" | "action", readCall(body), request, response);
  }

  async #run(kind: "query" | "mutation" | "action", call: Call, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const identity = await this.#identify(request);
    answer(response, 200, encodeOutcome(await this.#call(kind, call, identity), call.format));
  }

  async #batch(body: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const identity = await this.#identify(request);
    const { queries } = parseBody(body) as { queries?: unknown };
    if (!Array.isArray(queries)) throw new RequestError(400, "BadJsonBody", "queries must be a list.");
    const calls = queries.map((query) => readCall(JSON.stringify(query)));
    const outcomes = await Promise.all(calls.map((call) => this.#call("query", call, identity)));
    answer(response, 200, `{"results":[${outcomes.map((outcome, i) => encodeOutcome(outcome, calls[i]!.format)).join(",")}]}`);
  }

  #call(kind: "query" | "mutation" | "action", { path, args }: Call, identity: Identity | null): Promise<Outcome> {
    if (kind === "action") {
      return Promise.resolve({ ok: false, message: "Actions are not supported by this version of the embedded deployment.", logs: [] });
    }
    return new Promise((resolve) => {
      if (kind === "mutation") this.#deployment.mutate({ path, args, identity, done: resolve });
      else this.#deployment.query({ path, args, identity, journal: null, done: ({ outcome }) => resolve(outcome) });
    });
  }

  async #identify(request: IncomingMessage): Promise<Identity | null> {
    const { authorization } = request.headers;
    if (authorization === undefined) return null;
    const [, scheme, token] = /^(\S+)\s+(\S+)$/.exec(authorization) ?? [];
    if (scheme?.toLowerCase() !== "bearer") throw new RequestError(401, "InvalidAuthHeader", "The Authorization header must be 'Bearer' and a token.");
    return this.#deployment.verifier.verify(token!);
  }
}

const pathOf = (request: IncomingMessage): string => (request.url ?? "/").split("?", 1)[0]!;

function preflight(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE, OPTIONS");
  response.setHeader("Access-Control-Allow-Headers", request.headers["access-control-request-headers"] ?? "*");
  response.setHeader("Access-Control-Max-Age", "86400");
  response.writeHead(204).end();
}

function answer(response: ServerResponse, status: number, body: string, type = "application/json"): void {
  response.writeHead(status, { "Content-Type": type, "Content-Length": Buffer.byteLength(body) }).end(body);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= BODY_LIMIT) chunks.push(chunk);
  }
  if (size > BODY_LIMIT) throw new RequestError(413, "RequestTooLarge", `The body is too large (${size} bytes, limit ${BODY_LIMIT}).`);
  return Buffer.concat(chunks).toString();
}

function parseBody(body: string): JsonObject {
  try {
    const parsed = JSON.parse(body) as Json;
    if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) return parsed;
  } catch (error) {
    throw new RequestError(400, "BadJsonBody", `The body is not JSON: ${(error as Error).message}.`);
  }
  throw new RequestError(400, "BadJsonBody", "The body must be a JSON object.");
}

function readCall(body: string, named?: string): Call {
  const { path = named, args = {}, format = "json" } = parseBody(body);
  return checkCall(named ?? path, args, format);
}

function readUrl(request: IncomingMessage): Call {
  const query = new URLSearchParams((request.url ?? "").split("?")[1]);
  return checkCall(query.get("path"), parseBody(query.get("args") ?? "{}"), query.get("format") ?? "json");
}

function checkCall(path: unknown, args: Json, format: unknown): Call {
  if (typeof path !== "string") throw new RequestError(400, "BadJsonBody", "path must be a string like 'messages:list'.");
  if (format !== "json" && format !== "convex_encoded_json") throw new RequestError(400, "BadFormat", "format must be 'json' or 'convex_encoded_json'.");
  try {
    return { path, args: onlyArgument(args), format };
  } catch (error) {
    throw new RequestError(400, "BadArgs", (error as Error).message);
  }
}

function encodeOutcome(outcome: Outcome, format: Call["format"]): string {
  const convert = (text: string): string => (format === "json" ? JSON.stringify(toCleanJson(JSON.parse(text) as Json)) : text);
  const logs = outcome.logs.length > 0 ? `,"logLines":${JSON.stringify(outcome.logs)}` : "";
  if (outcome.ok) return `{"status":"success","value":${convert(outcome.value)}${logs}}`;
  const data = outcome.data === undefined ? "" : `,"errorData":${convert(outcome.data)}`;
  return `{"status":"error","errorMessage":${JSON.stringify(outcome.message)}${data}${logs}}`;
}
