import { lean } from "../kinds/defaults.ts";
import type { Entry } from "../types/change.ts";
import { bytesOf } from "./splitting.ts";

/** A request that has no answer by then has failed, in ms; the server's own limit is 10 s. */
const TIMEOUT = 20_000;

/** The browser lets bodies below 64 KiB outlive the page. */
const KEEPALIVE_BYTES = 60_000;

/** Sends an entry. @param url of the board */
export function post(fetch: typeof globalThis.fetch, url: string, { action, adopted: _, put, ...content }: Entry) {
  const body = JSON.stringify(put ? { ...content, put: put.map(lean) } : content);
  return fetch(`${url}/${action}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body,
    redirect: "error", // to a page for signing in to something else
    keepalive: bytesOf(body) < KEEPALIVE_BYTES,
    signal: AbortSignal.timeout(TIMEOUT),
  });
}

/** Whether this is what Easel answers to an entry that it has: not every 200 comes from Easel. */
export function acknowledges({ action, changeId }: Entry, body: any) {
  if (action !== "changes" && JSON.stringify(body) === "{}") return true; // there was nothing to undo
  return body?.changeId === changeId && /^\d+$/.test(body.ts);
}
