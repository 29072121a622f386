// The HTTP servers of the API and of HTTP actions, and the WebSockets of the sync protocol.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { WebSocketServer } from "ws";
import type { Deployment } from "../deployment.ts";
import { complain } from "../ground/terminal.ts";
import { Session } from "../sync/session.ts";
import { RequestError, StartError } from "../value/errors.ts";
import { BODY_LIMIT, serveApi } from "./api.ts";
import { serveSite } from "./http_actions.ts";
import { pathOf, sendJson } from "./requests.ts";

/** JavaScript clients put their version into the path. */
const SYNC_PATH = /^\/api\/(?:([^/]+)\/)?sync$/;
/** JavaScript clients can join Transitions from parts since this version. */
const CHUNKS_SINCE = "1.28.0";
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

  /** Resolves to the URLs of the API and of the HTTP actions. Raises StartError if a port is not available. */
  async listen(host: string, port: number, sitePort: number | null): Promise<{ url: string; siteUrl: string }> {
    const url = await listen(this.#http, host, port);
    return { url, siteUrl: sitePort === null ? `${url}/http` : await listen(this.#site, host, sitePort) };
  }

  /** Before this call, every request is answered with 503. */
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
      await serveApi(this.#deployment, request, response);
    } catch (error) {
      const known =
        error instanceof RequestError
          ? error
          : new RequestError(500, "InternalServerError", "Your request couldn't be completed. Try again later.");
      // A client that left in the middle of its request is no error of ours.
      if (!(error instanceof RequestError) && (request.complete || !request.destroyed)) complain("request", error);
      if (response.headersSent) response.destroy();
      else sendJson(response, known.status, { code: known.code, message: known.message });
    }
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
