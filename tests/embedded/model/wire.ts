// Values as Convex's wire carries them, and calls over HTTP.
import { convexToJson, jsonToConvex, type Value } from "convex/values";
import type { Answer, Clock } from "./story.ts";

const RETRY_MS = 20;
const HEADERS = { "content-type": "application/json" };

export const json = (value: unknown) => convexToJson(value as Value);
/** Equal values have equal texts. */
export const text = (value: unknown): string => JSON.stringify(json(value));

/** Null if the connection was lost before the answer; a query is then asked again. */
export async function post(
  url: string,
  clock: Clock,
  kind: "query" | "mutation",
  path: string,
  argument: unknown,
): Promise<Answer | null> {
  const body = JSON.stringify({ path, args: json(argument), format: "convex_encoded_json" });
  const response = await fetch(`${url}/api/${kind}`, { method: "POST", body, headers: HEADERS })
    .then((response) => response.json() as Promise<any>)
    .catch(() => null);
  if (response === null) {
    if (kind === "mutation") return null;
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    return await post(url, clock, kind, path, argument);
  }
  const { status, value, errorMessage, errorData, message } = response;
  const heard = clock.tick();
  if (status === "success") return { heard, ok: true, value: jsonToConvex(value), ts: null };
  const data = errorData === undefined ? {} : { data: jsonToConvex(errorData) };
  return { heard, ok: false, message: errorMessage ?? message, ...data };
}
