// The HTTP routes of `npx convex`, which need the admin key.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Deployment } from "../deployment.ts";
import { FunctionError, RequestError } from "../value/errors.ts";
import { isObject } from "../value/values.ts";
import { encodeOutcome, parseBody } from "./calls.ts";
import { IMPORT_ROUTES } from "./import_routes.ts";
import { caller, pathOf, readBody, send, sendJson } from "./requests.ts";

const BODY_LIMIT = 1 << 20;

type Route = (deployment: Deployment, request: IncomingMessage, response: ServerResponse) => Promise<void>;

const ROUTES: Record<string, Route> = {
  async "POST /api/update_environment_variables"(deployment, request, response) {
    const { changes } = parseBody(request, (await readBody(request, BODY_LIMIT)).toString());
    try {
      await deployment.changeEnvironment(changes ?? null);
    } catch (error) {
      throw error instanceof FunctionError ? new RequestError(400, "InvalidEnvironment", error.message) : error;
    }
    response.writeHead(200).end();
  },

  async "GET /api/stream_function_logs"({ executions }, request, response) {
    const cursor = Number(new URLSearchParams(request.url!.split("?")[1]).get("cursor") ?? 0);
    send(response, 200, await executions.after(cursor));
  },

  async "POST /api/export/request/zip"(deployment, request, response) {
    request.resume();
    await deployment.still(() => deployment.exports.make(deployment.db, deployment.files));
    sendJson(response, 200, {});
  },

  // `npx convex codegen` pushes, and never finishes the push: it gets what is loaded already.
  async "POST /api/get_config_hashes"(_deployment, request, response) {
    request.resume();
    sendJson(response, 200, { config: { functions: "convex/" }, moduleHashes: [], nodeDependencies: [] });
  },

  async "POST /api/deploy2/start_push"(deployment, request, response) {
    request.resume();
    sendJson(response, 200, deployment.analysis as object);
  },

  async "POST /api/run_test_function"(deployment, request, response) {
    const { bundle, componentId } = parseBody(request, (await readBody(request, BODY_LIMIT)).toString());
    const { path = "", source } = (isObject(bundle) ? bundle : {}) as Record<string, unknown>;
    if (typeof source !== "string") throw new RequestError(400, "BadJsonBody", "bundle.source must be a text.");
    if (componentId) throw new RequestError(400, "NotSupported", "Inline queries run in the app, not in components.");
    const outcome = await deployment.inline(String(path).replace(/\W.*$/, "") || "testQuery", source);
    send(response, 200, encodeOutcome(outcome, { format: "convex_encoded_json", decimals: false }));
  },

  async "GET /api/check_admin_key"(_deployment, _request, response) {
    sendJson(response, 200, { success: true });
  },
};

/** True if this was one of these routes. Raises RequestError 403 without the key. */
export async function serveAdmin(
  deployment: Deployment,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<boolean> {
  const path = pathOf(request);
  const snapshot = request.method === "GET" ? /^\/api\/export\/zip\/(\d+)$/.exec(path)?.[1] : undefined;
  const name = `${request.method} ${path}`;
  const route = Object.hasOwn(ROUTES, name) ? ROUTES[name] : undefined;
  const importing = Object.hasOwn(IMPORT_ROUTES, name) ? IMPORT_ROUTES[name] : undefined;
  if (route === undefined && importing === undefined && snapshot === undefined) return false;
  if ((await caller(deployment, request))?.admin !== true)
    throw new RequestError(403, "BadDeployKey", "Only the admin key may do this.");
  if (snapshot !== undefined) await deployment.exports.send(snapshot, response);
  else if (importing !== undefined) send(response, 200, JSON.stringify(await importing(deployment, request)));
  else await route!(deployment, request, response);
  return true;
}
