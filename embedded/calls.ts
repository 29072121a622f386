// Calls of functions as the HTTP API writes them, and their answers.
import type { IncomingMessage } from "node:http";
import type { Outcome } from "./cache.ts";
import { RequestError } from "./errors.ts";
import { onlyArgument } from "./messages.ts";
import { toCleanJson, type Json, type JsonObject } from "./values.ts";

export type Call = { path: string; args: JsonObject; format: "json" | "convex_encoded_json" };

export function parseBody(body: string): JsonObject {
  try {
    const parsed = JSON.parse(body) as Json;
    if (typeof parsed === "object" && parsed !== null && !Array.isArray(parsed)) return parsed;
  } catch (error) {
    throw new RequestError(400, "BadJsonBody", `The body is not JSON: ${(error as Error).message}.`);
  }
  throw new RequestError(400, "BadJsonBody", "The body must be a JSON object.");
}

export function readCall(body: string, named?: string): Call {
  const { path = named, args = {}, format = "json" } = parseBody(body);
  return checkCall(named ?? path, args, format);
}

export function readUrl(request: IncomingMessage): Call {
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

export function encodeOutcome(outcome: Outcome, format: Call["format"]): string {
  const convert = (text: string): string => (format === "json" ? JSON.stringify(toCleanJson(JSON.parse(text) as Json)) : text);
  const logs = outcome.logs.length > 0 ? `,"logLines":${JSON.stringify(outcome.logs)}` : "";
  if (outcome.ok) return `{"status":"success","value":${convert(outcome.value)}${logs}}`;
  const data = outcome.data === undefined ? "" : `,"errorData":${convert(outcome.data)}`;
  return `{"status":"error","errorMessage":${JSON.stringify(outcome.message)}${data}${logs}}`;
}
