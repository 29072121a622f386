// Calls of functions as the HTTP API writes them, and their answers.
import type { IncomingMessage } from "node:http";
import { checkPath } from "../functions/path.ts";
import type { Outcome } from "../run/result.ts";
import { toCleanJson, withDecimals } from "../value/clean_json.ts";
import { RequestError } from "../value/errors.ts";
import type { Json, JsonObject } from "../value/json.ts";

type Format = "json" | "convex_encoded_json";
/**
 * `args` is what the client sent. It is checked together with the function. `component` is empty for functions of the app.
 * `decimals`: write 1 as 1.0, as Convex does. Python's client needs this; to other clients it makes no difference.
 */
export type Call = { path: string; component: string; args: Json; format: Format; decimals: boolean };

const FORMATS: Record<string, Format> = {
  json: "json",
  convex_clean_json: "json",
  convex_encoded_json: "convex_encoded_json",
  convex_json: "convex_encoded_json",
};
/** Clients up to these versions send no format and want `convex_encoded_json`. */
const ENCODED_UP_TO: Record<string, string> = { npm: "1.4.1", cli: "1.4.1", actions: "1.4.1", python: "0.5.0" };

/** The body as an object. Raises RequestError if it is no object, or has no JSON content type. */
export function parseBody(request: IncomingMessage, body: string): JsonObject {
  if (!/^application\/([\w.-]+\+)?json\b/i.test(request.headers["content-type"] ?? ""))
    throw badBody("Expected request with `Content-Type: application/json`");
  return parseObject(body);
}

function parseObject(text: string): JsonObject {
  let parsed: Json;
  try {
    parsed = JSON.parse(text) as Json;
  } catch (error) {
    throw badBody(`Failed to parse the request body as JSON: ${(error as Error).message}`);
  }
  if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed))
    throw badBody("Failed to deserialize the JSON body into the target type: the body must be an object");
  return parsed;
}

/** `named` is the function that the URL names, if any. */
export function readCall(request: IncomingMessage, body: JsonObject, named?: string): Call {
  const { path, args, format, componentPath } = body;
  for (const [field, value] of [
    ["path", named ?? path],
    ["args", args],
  ] as const) {
    if (value === undefined)
      throw badBody(`Failed to deserialize the JSON body into the target type: missing field \`${field}\``);
  }
  if (named === undefined && typeof path !== "string")
    throw badBody(
      "Failed to deserialize the JSON body into the target type: path: expected a string like 'messages:list'",
    );
  return {
    path: checkPath(named ?? (path as string)),
    component: typeof componentPath === "string" ? componentPath : "",
    args: args!,
    format: formatOf(request, format, named !== undefined),
    decimals: isPython(request),
  };
}

export function readUrl(request: IncomingMessage): Call {
  const query = new URLSearchParams((request.url ?? "").split("?")[1]);
  const path = query.get("path");
  const args = query.get("args");
  const missing = path === null ? "path" : args === null ? "args" : null;
  if (missing !== null)
    throw new RequestError(400, "BadQueryArgs", `Failed to deserialize query string: missing field \`${missing}\``);
  return {
    path: checkPath(path!),
    component: "",
    args: parseObject(args!),
    format: formatOf(request, query.get("format"), false),
    decimals: isPython(request),
  };
}

/** A function named in the URL's path is answered in plain JSON for every client. */
function formatOf(request: IncomingMessage, format: Json | undefined, plain: boolean): Format {
  if (format != null) {
    const known = FORMATS[String(format)];
    if (known === undefined)
      throw new RequestError(400, "BadFormat", `format param must be one of [\`json\`]. Got ${String(format)}`);
    return known;
  }
  const [, client = "", version = ""] =
    /^([a-z]+)-([\d.]+)/i.exec(String(request.headers["convex-client"] ?? "")) ?? [];
  const last = ENCODED_UP_TO[client.toLowerCase()];
  return !plain && last !== undefined && version.localeCompare(last, "en", { numeric: true }) <= 0
    ? "convex_encoded_json"
    : "json";
}

const isPython = (request: IncomingMessage): boolean =>
  String(request.headers["convex-client"] ?? "").startsWith("python-");
const badBody = (message: string): RequestError => new RequestError(400, "BadJsonBody", message);

export function encodeOutcome(outcome: Outcome, { format, decimals }: Pick<Call, "format" | "decimals">): string {
  const convert = (wire: string): string => {
    const text = format === "json" ? JSON.stringify(toCleanJson(JSON.parse(wire) as Json)) : wire;
    return decimals ? withDecimals(text) : text;
  };
  const logs = outcome.logs.length > 0 ? `,"logLines":${JSON.stringify(outcome.logs)}` : "";
  if (outcome.ok) return `{"status":"success","value":${convert(outcome.value)}${logs}}`;
  const data = outcome.data === undefined ? "" : `,"errorData":${convert(outcome.data)}`;
  return `{"status":"error","errorMessage":${JSON.stringify(outcome.message)}${data}${logs}}`;
}
