// What an answer means for the work that was sent: whether it is about the work, or about the session, the board, the network. Pure.

/** Why work waits. */
export type Trouble = "offline" | "busy" | "signed-out" | "somebody-else" | "view-only" | "gone" | "too-large";

/** Refusals of the content: the same request is never taken. */
const OF_CONTENT = [400, 409, 413, 415, 422];

/** What a proxy says that time does not heal, or that is about a crowd. */
const OF_STRANGERS: Record<number, Trouble> = { 413: "too-large", 429: "busy" };

/**
 * Only an answer of Easel's own counts: a proxy, or the page of a hotel's network, may say anything with any status.
 * @param body as JSON, {} if it was none
 * @param acknowledges whether the body is what Easel answers to work that it has
 */
export function verdict(status: number, body: any, acknowledges: boolean): "saved" | "refused" | Trouble {
  if (status >= 200 && status < 300) return acknowledges ? "saved" : "offline";
  const error = body?.error;
  if (typeof error?.code !== "string" || typeof error.message !== "string") return OF_STRANGERS[status] ?? "offline";
  if (error.code === "account_changed") return "somebody-else";
  if (status === 401 || error.code === "pending") return "signed-out";
  if (OF_CONTENT.includes(status)) return "refused";
  // With a field it is the shape or the picture that is not there, or not free; without one it is the board.
  if (status === 403) return error.field ? "refused" : "view-only";
  if (status === 404) return error.field ? "refused" : "gone";
  return status === 429 ? "busy" : "offline";
}
