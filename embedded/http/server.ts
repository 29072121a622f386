// The HTTP API and the door to the sync protocol.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { WebSocketServer } from "ws";
import type { Identity } from "../auth/identity.ts";
import type { Deployment } from "../deployment.ts";
import type { Kind } from "../functions/functions.ts";
import { complain } from "../ground/terminal.ts";
import type { Origin } from "../run/call.ts";
import type { Outcome } from "../run/result.ts";
import { onlyArgument } from "../sync/messages.ts";
import { Session } from "../sync/sync.ts";
import { FunctionError, RequestError, StartError } from "../value/errors.ts";
import type { JsonObject } from "../value/json.ts";
import { decodeInt64, encodeInt64 } from "../value/values.ts";
import { serveAdmin } from "./admin_routes.ts";
import { type Call, encodeOutcome, parseBody, readCall, readUrl } from "./calls.ts";
import { serveSite } from "./http_actions.ts";
import { caller, originOf, pathOf, readBody, send, sendJson } from "./requests.ts";
import { download, upload } from "./storage_routes.ts";

const BODY_LIMIT = (16 << 20) + 2000;
/** JavaScript clients put their version into the path. */
const SYNC_PATH = /^\/api\/(?:([^/]+)\/)?sync$/;
const POSTED = /^\/api\/(query|mutation|action|function|run\/.+|query_(at_)?ts|query_batch)$/;
/** JavaScript clients put Transitions together from parts since this version. */
const CHUNKS_SINCE = "1.28.0";
const VERSION = "1.48.0";
const TEXTS: Record<string, string> = {
  "/version": VERSION,
  "/": "This Convex deployment is running.",
  "/instance_name": "embedded",
  "/instance_version": VERSION,
};

export class DeploymentServer {
  readonly #http: Server;
  readonly #site: Server;
  #deployment!: Deployment;
  readonly #sockets: WebSocketServer;

  constructor() {
    this.#http = createServer((request, response) => void this.#serve(request, response, true));
    this.#site = createServer((request, response) => void this.#serve(request, response, false));
    this.#http.keepAliveTimeout = 60_000;
    this.#sockets = new WebSocketServer({ noServer: true, maxPayload: BODY_LIMIT, perMessageDeflate: false });
    this.#http.on("upgrade", (request, socket, head) => {
      const path = SYNC_PATH.exec(pathOf(request));
      if (path === null || !this.#deployment) {
        socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
        return;
      }
      (socket as Socket).setNoDelay(true);
      this.#sockets.handleUpgrade(
        request,
        socket,
        head,
        (client) =>
          void new Session(
            this.#deployment,
            client,
            path[1] !== undefined && path[1].localeCompare(CHUNKS_SINCE, "en", { numeric: true }) >= 0,
          ),
      );
    });
  }

  /** Resolves to the URLs of the API and of the HTTP actions. Raises StartError if a port cannot be had. */
  async listen(host: string, port: number, sitePort: number | null): Promise<{ url: string; siteUrl: string }> {
    const url = await listen(this.#http, host, port);
    return { url, siteUrl: sitePort === null ? `${url}/http` : await listen(this.#site, host, sitePort) };
  }

  /** Until then every request is told to come again. */
  open(deployment: Deployment): void {
    this.#deployment = deployment;
  }

  close(): void {
    for (const client of this.#sockets.clients) client.close(1001, "The deployment is stopping");
    for (const server of [this.#http, this.#site]) {
      server.close();
      server.closeIdleConnections();
    }
    setTimeout(() => {
      for (const client of this.#sockets.clients) client.terminate();
      this.#http.closeAllConnections();
      this.#site.closeAllConnections();
    }, 200).unref();
  }

  async #serve(request: IncomingMessage, response: ServerResponse, api: boolean): Promise<void> {
    try {
      if (!this.#deployment) throw new RequestError(503, "Starting", "The deployment is starting.");
      if (!api) return await serveSite(this.#deployment, request.url ?? "/", request, response);
      if (/^\/http(\/|\?|$)/.test(request.url ?? ""))
        return await serveSite(this.#deployment, request.url!.slice(5).replace(/^\/?/, "/"), request, response);
      response.setHeader("Access-Control-Allow-Origin", request.headers.origin ?? "*");
      if (request.headers.origin) response.setHeader("Access-Control-Allow-Credentials", "true");
      response.setHeader("Vary", "Origin");
      if (request.method === "OPTIONS") return preflight(request, response);
      await this.#route(request, response);
    } catch (error) {
      const known =
        error instanceof RequestError
          ? error
          : new RequestError(500, "InternalServerError", "Your request couldn't be completed. Try again later.");
      // A client that went away in the middle of its request is no error of ours.
      if (!(error instanceof RequestError) && (request.complete || !request.destroyed)) complain("request", error);
      if (response.headersSent) response.destroy();
      else sendJson(response, known.status, { code: known.code, message: known.message });
    }
  }

  async #route(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = pathOf(request);
    const method = request.method ?? "GET";
    if (Object.hasOwn(TEXTS, path)) return send(response, 200, TEXTS[path]!, "text/plain; charset=utf-8");
    if (path === "/api/query" && method === "GET") return this.#run("query", readUrl(request), request, response);
    if (path === "/api/storage/upload" && method === "POST") return upload(this.#deployment, request, response);
    if (await serveAdmin(this.#deployment, request, response)) return;
    const file = /^\/api\/storage\/([^/]+)$/.exec(path)?.[1];
    if (file && (method === "GET" || method === "HEAD")) return download(this.#deployment, file, request, response);
    if (method !== "POST") {
      const status = POSTED.test(path) ? 405 : 404;
      throw new RequestError(
        status,
        status === 405 ? "MethodNotAllowed" : "NotFound",
        `There is no ${method} ${path} here.`,
      );
    }
    const body = (await readBody(request, BODY_LIMIT)).toString();
    if (path === "/api/query_ts") return sendJson(response, 200, { ts: encodeInt64(this.#deployment.db.ts) });
    await this.#post(path, () => parseBody(request, body), request, response);
  }

  async #post(path: string, body: () => JsonObject, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (path === "/api/query_at_ts") {
      const { ts } = body();
      if (typeof ts !== "string" || !/^[A-Za-z0-9+/]{11}=$/.test(ts) || decodeInt64(ts) > this.#deployment.db.ts)
        throw new RequestError(400, "InvalidTimestamp", "ts must be a timestamp of this deployment.");
      return this.#run("query", readCall(request, body()), request, response);
    }
    if (path === "/api/query_batch") return this.#batch(body(), request, response);
    if (path === "/api/function") return this.#run(null, readCall(request, body()), request, response);
    const named = /^\/api\/run\/([\w/.-]+)$/.exec(path)?.[1];
    if (named?.includes("/") === false)
      throw new RequestError(
        400,
        "MissingIdentifier",
        "Path or function name not provided in path, e.g. /api/run/messages/list",
      );
    if (named) return this.#run(null, readCall(request, body(), named.replace(/\/([^/]+)$/, ":$1")), request, response);
    const kind = /^\/api\/(query|mutation|action)$/.exec(path)?.[1];
    if (kind === undefined) throw new RequestError(404, "NotFound", `There is no ${path} here.`);
    return this.#run(kind as Kind, readCall(request, body()), request, response);
  }

  /** A null kind is the function's own. */
  async #run(kind: Kind | null, call: Call, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const identity = await caller(this.#deployment, request);
    const fn = this.#deployment.catalog.find(call.path);
    const own = kind ?? fn?.kind;
    if (own === undefined || (kind !== own && !fn!.public && identity?.admin !== true)) {
      const { message } = this.#deployment.failure(
        new FunctionError(`Could not find function for '${call.path}'. Did you forget to run \`npx convex dev\`?`),
        [],
      );
      return sendJson(response, 200, { status: "error", errorMessage: message });
    }
    // At once, not in a promise's turn: that would come after the queries which the deployment asks again now.
    this.#call(own, call, identity, originOf(request), (outcome) => {
      if (!outcome.ok && outcome.code !== undefined)
        return sendJson(response, 503, { code: outcome.code, message: outcome.message });
      send(response, 200, encodeOutcome(outcome, call));
    });
  }

  async #batch({ queries }: JsonObject, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const identity = await caller(this.#deployment, request);
    if (!Array.isArray(queries)) throw new RequestError(400, "BadJsonBody", "queries must be a list.");
    const calls = queries.map((query) => readCall(request, query as JsonObject));
    const outcomes = await Promise.all(
      calls.map(
        (call) => new Promise<Outcome>((resolve) => this.#call("query", call, identity, originOf(request), resolve)),
      ),
    );
    send(response, 200, `{"results":[${outcomes.map((outcome, i) => encodeOutcome(outcome, calls[i]!)).join(",")}]}`);
  }

  #call(
    kind: Kind,
    { path, args }: Call,
    identity: Identity | null,
    origin: Origin,
    done: (outcome: Outcome) => void,
  ): void {
    const call = { path, args: onlyArgument(args), identity, origin };
    if (kind === "mutation") this.#deployment.mutate({ ...call, done });
    else if (kind === "action") this.#deployment.act({ ...call, done });
    else this.#deployment.query({ ...call, journal: null, done: ({ outcome }) => done(outcome) });
  }
}

function listen(server: Server, host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const reason = error.code === "EADDRINUSE" ? "is already in use" : `cannot be opened (${error.message})`;
      reject(new StartError(`Port ${port} on ${host} ${reason}.`));
    });
    server.listen(port, host, () => {
      const { port: given } = server.address() as AddressInfo;
      resolve(`http://${host.includes(":") ? `[${host}]` : host}:${given}`);
    });
  });
}

function preflight(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE, OPTIONS");
  response.setHeader("Access-Control-Allow-Headers", request.headers["access-control-request-headers"] ?? "*");
  response.setHeader("Access-Control-Max-Age", "86400");
  response.writeHead(200).end();
}
