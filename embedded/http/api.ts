// The HTTP API: which request calls which function, and its answer.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Identity } from "../auth/identity.ts";
import { adviceOn } from "../command/advice.ts";
import type { Deployment } from "../deployment.ts";
import type { Kind } from "../functions/listing.ts";
import type { Origin, QueryCall } from "../run/call.ts";
import type { Outcome } from "../run/result.ts";
import { onlyArgument } from "../sync/messages.ts";
import { FunctionError, RequestError } from "../value/errors.ts";
import type { Json, JsonObject } from "../value/json.ts";
import { decodeInt64, encodeInt64 } from "../value/values.ts";
import { serveAdmin } from "./admin_routes.ts";
import { type Call, encodeOutcome, parseBody, readCall, readUrl } from "./calls.ts";
import { caller, originOf, pathOf, readBody, send, sendJson } from "./requests.ts";
import { download, upload } from "./storage_routes.ts";

export const BODY_LIMIT = (16 << 20) + 2000;
const POSTED = /^\/api\/(query|mutation|action|function|run\/.+|query_(at_)?ts|query_batch)$/;
const VERSION = "1.48.0";
const TEXTS: Record<string, string> = {
  "/version": VERSION,
  "/": "This Convex deployment is running.",
  "/instance_name": "embedded",
  "/instance_version": VERSION,
};

/** Answers one request to the API. Raises RequestError for an invalid request. */
export async function serveApi(
  deployment: Deployment,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = pathOf(request);
  const method = request.method ?? "GET";
  if (Object.hasOwn(TEXTS, path)) return send(response, 200, TEXTS[path]!, "text/plain; charset=utf-8");
  if (path === "/api/query" && method === "GET")
    return runFunction(deployment, "query", readUrl(request), request, response);
  if (path === "/api/storage/upload" && method === "POST") return upload(deployment, request, response);
  if (await serveAdmin(deployment, request, response)) return;
  const file = /^\/api\/storage\/([^/]+)$/.exec(path)?.[1];
  if (file && (method === "GET" || method === "HEAD")) return download(deployment, file, request, response);
  if (path === "/echo") return send(response, 200, await readBody(request, BODY_LIMIT));
  if (!POSTED.test(path)) refuseCommand(request, path);
  if (method !== "POST") {
    const status = POSTED.test(path) ? 405 : 404;
    throw new RequestError(
      status,
      status === 405 ? "MethodNotAllowed" : "NotFound",
      `There is no ${method} ${path} here.`,
    );
  }
  const body = (await readBody(request, BODY_LIMIT)).toString();
  if (path === "/api/query_ts") return sendJson(response, 200, { ts: encodeInt64(deployment.db.saved) });
  await servePost(deployment, path, () => parseBody(request, body), request, response);
}

/** Raises RequestError 400 for the CLI's requests: it repeats those that get 404 for half a minute. */
function refuseCommand(request: IncomingMessage, path: string): void {
  const advice = adviceOn(path);
  if (advice === undefined || !/^npm-cli-/.test(String(request.headers["convex-client"]))) return;
  request.resume();
  throw new RequestError(400, "NotSupported", advice);
}

/** Raises RequestError for a text that is no timestamp, and for a timestamp that is still to come. */
function readTs({ db }: Deployment, ts: Json | undefined): bigint {
  if (typeof ts !== "string" || !/^[A-Za-z0-9+/]{11}=$/.test(ts) || decodeInt64(ts) > db.saved)
    throw new RequestError(400, "InvalidTimestamp", "ts must be a timestamp of this deployment.");
  return decodeInt64(ts);
}

async function servePost(
  deployment: Deployment,
  path: string,
  body: () => JsonObject,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (path === "/api/query_at_ts") {
    const call = body();
    const at = readTs(deployment, call.ts);
    return runFunction(deployment, "query", { ...readCall(request, call), at }, request, response);
  }
  if (path === "/api/query_batch") return runBatch(deployment, body(), request, response);
  if (path === "/api/function") return runFunction(deployment, null, readCall(request, body()), request, response);
  const named = /^\/api\/run\/([\w/.-]+)$/.exec(path)?.[1];
  if (named?.includes("/") === false)
    throw new RequestError(
      400,
      "MissingIdentifier",
      "Path or function name not provided in path, e.g. /api/run/messages/list",
    );
  if (named)
    return runFunction(
      deployment,
      null,
      readCall(request, body(), named.replace(/\/([^/]+)$/, ":$1")),
      request,
      response,
    );
  const kind = /^\/api\/(query|mutation|action)$/.exec(path)?.[1];
  if (kind === undefined) throw new RequestError(404, "NotFound", `There is no ${path} here.`);
  return runFunction(deployment, kind as Kind, readCall(request, body()), request, response);
}

/** With a null kind, the function's own kind counts. */
async function runFunction(
  deployment: Deployment,
  kind: Kind | null,
  call: Call & Pick<QueryCall, "at">,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const identity = await caller(deployment, request);
  const catalog = deployment.catalog.mounted.get(call.component);
  const fn = catalog?.find(call.path);
  const own = kind ?? fn?.kind;
  const trusted = identity?.admin === true;
  const hidden = call.component !== "" || (kind !== own && fn?.public !== true);
  if (own === undefined || (hidden && !trusted)) {
    const missing = `Could not find function for '${call.path}'. Did you forget to run \`npx convex dev\`?`;
    const message = trusted && !catalog ? `Component "${call.component}" not found` : missing;
    const errorMessage = deployment.failure(new FunctionError(message), []).message;
    return sendJson(response, 200, { status: "error", errorMessage });
  }
  // Answer directly, not in a promise: a promise would resolve only after the queries that run again now.
  start(deployment, own, call, identity, originOf(request), (outcome) => {
    if (!outcome.ok && outcome.code !== undefined)
      return sendJson(response, 503, { code: outcome.code, message: outcome.message });
    send(response, 200, encodeOutcome(outcome, call));
  });
}

async function runBatch(
  deployment: Deployment,
  { queries }: JsonObject,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const identity = await caller(deployment, request);
  if (!Array.isArray(queries)) throw new RequestError(400, "BadJsonBody", "queries must be a list.");
  const calls = queries.map((query) => readCall(request, query as JsonObject));
  const outcomes = await Promise.all(
    calls.map(
      (call) =>
        new Promise<Outcome>((resolve) => start(deployment, "query", call, identity, originOf(request), resolve)),
    ),
  );
  send(response, 200, `{"results":[${outcomes.map((outcome, i) => encodeOutcome(outcome, calls[i]!)).join(",")}]}`);
}

/** An error says the id of the request at hand, also one that the cache has from another. */
const ofRequest = (outcome: Outcome, { requestId }: Origin): Outcome =>
  outcome.ok
    ? outcome
    : { ...outcome, message: outcome.message.replace(/^\[Request ID: \w+/, `[Request ID: ${requestId}`) };

function start(
  deployment: Deployment,
  kind: Kind,
  { path, component, args, at }: Call & Pick<QueryCall, "at">,
  identity: Identity | null,
  origin: Origin,
  answer: (outcome: Outcome) => void,
): void {
  const done = (outcome: Outcome): void => answer(ofRequest(outcome, origin));
  const call = { path, component, args: onlyArgument(args), identity, origin };
  if (kind === "mutation") deployment.mutate({ ...call, done });
  else if (kind === "action") deployment.act({ ...call, done });
  else
    deployment.query({
      ...call,
      journal: null,
      ...(at === undefined ? {} : { at }),
      done: ({ outcome }) => done(outcome),
    });
}
