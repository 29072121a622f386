// `.paginate(…)`: one page of a query's results, and cursors.
import { createHash } from "node:crypto";
import { mustBeText, wrongType } from "../value/arguments.ts";
import { FunctionError } from "../value/errors.ts";
import { LIMITS } from "../value/values.ts";
import { Stream } from "./query.ts";
import type { SerializedQuery } from "./serialized.ts";
import type { Transaction } from "./transaction.ts";

/** The part of what a page may read, from which on it should be split. */
const SPLIT = 0.75;
const MAX_ROWS = 8192; // unless the caller gives another number
const CURSOR = /^[\w-]{12}(\.|[\w-]*)$/;
/** The data of a ConvexError. It makes `usePaginatedQuery` start over. */
const INVALID_CURSOR = { isConvexSystemError: true, paginationError: "InvalidCursor" };

export interface PageRequest {
  query: SerializedQuery;
  cursor: string | null;
  endCursor: string | null;
  pageSize: number;
  maximumRowsRead: number | null;
  maximumBytesRead?: number | null;
}

/** A page ends after an index key, or at the end of the results. */
type End = { key: string } | "end";

/** Returns the page as wire text, and its end, which a live page keeps when it is read again. */
export function readPage(tx: Transaction, request: PageRequest, keptEnd: string | null): { text: string; end: string } {
  const { query, pageSize } = request;
  if (!Number.isInteger(pageSize)) throw wrongType("queryPage", "pageSize", pageSize, "usize");
  if (request.cursor !== null) mustBeText("queryPage", "cursor", request.cursor);
  if (pageSize <= 0) throw new FunctionError("Must request at least 1 document while paginating");
  if (pageSize > LIMITS.documentsRead) throw new FunctionError(`Requested too many items: ${pageSize}`);
  if ((request.maximumRowsRead ?? 1) <= 0 || (request.maximumBytesRead ?? 1) <= 0) {
    throw new FunctionError("maximumRowsRead and maximumBytesRead must be greater than 0");
  }
  const fingerprint = fingerprintOf(query);
  const from = request.cursor === null ? undefined : decodeCursor(request.cursor, fingerprint);
  // The end of an earlier run does not apply if the function makes another query now.
  const wantedEnd = request.endCursor ?? (keptEnd?.startsWith(fingerprint) ? keptEnd : null);
  const to = wantedEnd === null ? undefined : decodeCursor(wantedEnd, fingerprint);
  if (from === "end") return pageText([], "end", fingerprint, null, null);

  // A page whose end is known is read to that end.
  const budget =
    to === undefined
      ? { rows: request.maximumRowsRead ?? Infinity, bytes: request.maximumBytesRead ?? Infinity }
      : undefined;
  const stream = new Stream(
    tx,
    query,
    { from: from?.key, to: to === undefined || to === "end" ? undefined : to.key },
    to === undefined ? pageSize : undefined,
    budget,
  );
  const page: string[] = [];
  const keys: string[] = [];
  let last: End = to ?? "end";
  for (;;) {
    if (to === undefined && page.length >= pageSize) {
      last = { key: stream.lastKey };
      break;
    }
    const row = stream.next();
    if (row === null) {
      if (stream.spent) last = { key: stream.lastKey };
      break;
    }
    page.push(row.text);
    keys.push(stream.lastKey);
  }
  const wasCut = page.length < pageSize && stream.spent;
  const status = wasCut
    ? "SplitRequired"
    : stream.rowsRead > (request.maximumRowsRead ?? MAX_ROWS) * SPLIT ||
        stream.bytesRead > (request.maximumBytesRead ?? LIMITS.bytesRead) * SPLIT ||
        tx.usage.used.documentsRead > LIMITS.documentsRead * SPLIT ||
        tx.usage.used.bytesRead > LIMITS.bytesRead * SPLIT
      ? "SplitRecommended"
      : null;
  const middle = keys.length > 1 ? keys[Math.floor((keys.length - 1) / 2)]! : null;
  return pageText(page, last, fingerprint, middle, status);
}

function pageText(
  page: string[],
  last: End,
  fingerprint: string,
  middle: string | null,
  status: string | null,
): { text: string; end: string } {
  const end = encodeCursor(last, fingerprint);
  const split = middle === null ? null : encodeCursor({ key: middle }, fingerprint);
  const rest = JSON.stringify({ isDone: last === "end", continueCursor: end, splitCursor: split, pageStatus: status });
  return { text: `{"page":[${page.join(",")}],${rest.slice(1)}`, end };
}

const fingerprintOf = (query: SerializedQuery): string =>
  createHash("sha256").update(JSON.stringify(query)).digest("base64url").slice(0, 12);

const encodeCursor = (end: End, fingerprint: string): string =>
  fingerprint + (end === "end" ? "." : Buffer.from(end.key, "latin1").toString("base64url"));

function decodeCursor(cursor: string, fingerprint: string): End {
  if (!CURSOR.test(cursor)) throw new FunctionError("Failed to parse cursor");
  if (!cursor.startsWith(fingerprint)) {
    throw new FunctionError(
      "InvalidCursor: Tried to run a query starting from a cursor, but it looks like this cursor is from a different query.",
      INVALID_CURSOR,
    );
  }
  const end = cursor.slice(fingerprint.length);
  return end === "." ? "end" : { key: Buffer.from(end, "base64url").toString("latin1") };
}
