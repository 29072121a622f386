// What `npx convex import` sends: an upload in parts, and the word to begin.
import type { IncomingMessage } from "node:http";
import type { Deployment } from "../deployment.ts";
import type { Json, JsonObject } from "../value/json.ts";
import { parseBody } from "./calls.ts";
import { readBody } from "./requests.ts";

const BODY_LIMIT = 1 << 20;

type Route = (deployment: Deployment, request: IncomingMessage) => Promise<Json>;

const json = async (request: IncomingMessage): Promise<JsonObject> =>
  parseBody(request, (await readBody(request, BODY_LIMIT)).toString());

/** Each answers with JSON. */
export const IMPORT_ROUTES: Record<string, Route> = {
  async "POST /api/import/start_upload"({ imports }, request) {
    request.resume();
    return { uploadToken: imports.uploads.begin() };
  },

  async "POST /api/import/upload_part"({ imports }, request) {
    const query = new URLSearchParams(request.url!.split("?")[1]);
    return imports.uploads.part(query.get("uploadToken"), Number(query.get("partNumber")), request);
  },

  async "POST /api/import/finish_upload"(deployment, request) {
    return { importId: await deployment.imports.finish(deployment, await json(request)) };
  },

  async "POST /api/perform_import"(deployment, request) {
    await deployment.imports.perform(deployment, (await json(request)).importId);
    return {};
  },
};
