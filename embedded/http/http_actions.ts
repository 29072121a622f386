// HTTP actions: the router of the app, or of a component, answers the request.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Deployment } from "../deployment.ts";
import { RequestError } from "../value/errors.ts";
import { placeOf } from "./mounts.ts";
import { caller, originOf, readBody, sendJson } from "./requests.ts";

const BODY_LIMIT = 20 << 20;

/** Answers a request to the site; `path` is as the router knows it. */
export async function serveSite(
  deployment: Deployment,
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const method = request.method ?? "GET";
  const place = placeOf(deployment.catalog, path.replace(/[?#].*/, ""), method);
  if (place === null) {
    request.resume();
    return void response
      .writeHead(404, { "Content-Type": "text/plain; charset=utf-8" })
      .end("This Convex deployment does not have HTTP actions enabled.");
  }
  const body = method === "GET" || method === "HEAD" ? null : await readBody(request, BODY_LIMIT);
  const identity = await caller(deployment, request).catch((error: unknown) => {
    if (error instanceof RequestError) return error;
    throw error;
  });
  const headers: [string, string][] = [];
  for (let i = 0; i < request.rawHeaders.length; i += 2)
    headers.push([request.rawHeaders[i]!, request.rawHeaders[i + 1]!]);
  await new Promise<void>((resolve) => {
    response.once("close", resolve);
    deployment.actions.serve({
      ...place,
      request: {
        url: new URL(path, siteOrigin(request)).href,
        method,
        headers: headers.filter(([name]) => !/^(host|connection|content-length|transfer-encoding|expect)$/i.test(name)),
        body,
      },
      identity,
      origin: originOf(request),
      head: (status, sent) => {
        const hop = /^(connection|transfer-encoding|content-length|keep-alive)$/i;
        for (const [name, value] of sent) if (!hop.test(name)) response.appendHeader(name, value);
        response.writeHead(status);
        response.flushHeaders();
      },
      chunk: (bytes, written) => void response.write(bytes, written),
      onGone: (gone) => void response.once("close", gone),
      done(outcome) {
        if (outcome.ok) return void response.end();
        if (response.headersSent) return void response.destroy();
        const [head = "", ...lines] = outcome.message.split("\n");
        const data = outcome.data === undefined ? {} : { data: JSON.parse(outcome.data) as unknown };
        const trace = lines.join("\n");
        sendJson(response, 500, { code: lines[0] ? `${head}: ${lines[0]}` : head, trace, ...data });
      },
    });
  });
}

const siteOrigin = (request: IncomingMessage): string =>
  `http://${URL.canParse(`http://${request.headers.host}`) ? request.headers.host : "localhost"}`;
