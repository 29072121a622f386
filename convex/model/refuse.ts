/** Every refusal, as structured data: the web process turns `code` into a status and passes the rest on. */
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
  | "storage_full"
  | "too_many_requests"
  | "invalid";

/** `retryAfter` in seconds. */
type Detail = { field?: string; index?: number; limit?: number | string; retryAfter?: number };

export function refuse(code: Code, message: string, detail: Detail = {}): never {
  throw new ConvexError({ code, message, ...detail });
}
