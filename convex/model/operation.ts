/** Gives a repeated mutation one effect: it looks up and writes the operation id in the same transaction. */
import type { Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { digest } from "./digest";
import { refuse } from "./refuse";

const OPERATION_ID = /^[A-Za-z0-9_-]{1,64}$/;

/**
 * Runs `effect` unless this user's `operationId` has run before, and returns the first run's answer. A repetition must have
 * the same `name` and `request`, the function's arguments.
 * @throws ConvexError `conflict` when the id was used for another request
 */
export async function once(
  ctx: MutationCtx,
  userId: Id<"users">,
  name: string,
  request: { operationId: string; [argument: string]: unknown },
  effect: () => Promise<string | undefined>,
): Promise<string | undefined> {
  const { operationId } = request;
  if (!OPERATION_ID.test(operationId)) {
    refuse("invalid", "an operation id is 1-64 of A-Z a-z 0-9 _ -", { field: "operationId", limit: 64 });
  }
  const sum = await digest({ ...request, function: name });
  const first = await findOperation(ctx, userId, operationId);
  if (first !== null) {
    // Operations of earlier versions have no digest.
    if ((first.digest ?? sum) !== sum) {
      refuse("conflict", "this operation id (Idempotency-Key) was used for another request: take a new one", {
        field: "operationId",
      });
    }
    return first.answer;
  }
  const answer = await effect();
  await ctx.db.insert("operations", { userId, operationId, digest: sum, answer });
  return answer;
}

export async function findOperation(ctx: QueryCtx, userId: Id<"users">, operationId: string) {
  return await ctx.db
    .query("operations")
    .withIndex("by_user_and_operation", (q) => q.eq("userId", userId).eq("operationId", operationId))
    .unique();
}
