/** Refusals as structured data: the web process turns `code` into a status and passes the rest on. */
import { ConvexError } from "convex/values";

type Code =
  | "unauthenticated"
  | "not_found"
  | "forbidden"
  | "conflict"
  | "removed"
  | "locked"
  | "board_full"
  | "change_too_large"
  | "too_much"
  | "storage_full"
  | "unsupported_media"
  | "too_many_requests"
  | "invalid";

/** `retryAfter` in seconds. */
type Detail = { field?: string; index?: number; limit?: number | string; retryAfter?: number };

export function refuse(code: Code, message: string, detail: Detail = {}): never {
  throw new ConvexError({ code, message, ...detail });
}

/** Matches Convex's own errors about its limits. In production, Convex does not send these words to clients. */
const OVER = /too many|too large|too nested|maximum size/i;

/** Wraps a handler. @throws ConvexError `too_much` if that is more than one function may read or write */
export function bounded<Args extends unknown[], Answer>(
  handler: (...args: Args) => Promise<Answer>,
): (...args: Args) => Promise<Answer> {
  return async (...args) => {
    try {
      return await handler(...args);
    } catch (error) {
      if (error instanceof ConvexError || !OVER.test(String(error))) throw error;
      refuseTooMuch();
    }
  };
}

export function refuseTooMuch(): never {
  refuse("too_much", "This asks for more at once than a function may read or write: ask for it in parts.");
}
