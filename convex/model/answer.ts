/** Answers of HTTP actions, in the form that the API has everywhere: see app/errors.py. */
import { ConvexError } from "convex/values";

const STATUS: Record<string, number> = {
  ...{ not_found: 404, conflict: 409, locked: 409, change_too_large: 413, unsupported_media: 415 },
  ...{ invalid: 422, too_much: 422, board_full: 422, too_many_requests: 429 },
};

export function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json", ...headers } });
}

export function refusal(status: number, code: string, message: string): Response {
  return json(status, { error: { code, message } });
}

/** The answer to what a function refused. Throws anything else again: the caller gets a 500, and the log the reason. */
export function answerTo(error: unknown): Response {
  const data: any = error instanceof ConvexError ? error.data : null;
  if (!(data?.code in STATUS)) throw error;
  const { retryAfter, ...said } = data;
  const wait: Record<string, string> = retryAfter === undefined ? {} : { "Retry-After": String(Math.ceil(retryAfter)) };
  return json(STATUS[data.code], { error: said }, wait);
}
