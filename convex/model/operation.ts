/** Gives a repeated mutation one effect: it looks up and writes the operation id in the same transaction. */
import type { Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { digest } from "./digest";
import { checkId } from "./id";
import { refuse } from "./refuse";

/**
 * Runs `effect` unless this user's `operationId` has run before, and returns the first run's answer. A repetition must
 * have the same `name` and `request`, the function's arguments.
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
  checkId(operationId, "operationId");
  const sum = await digest({ ...request, function: name });
  const first = await findOperation(ctx, userId, operationId);
  if (first !== null) {
    // Operations of earlier versions have no digest.
    if ((first.digest ?? sum) !== sum) {
      refuse("conflict", "This operationId (Idempotency-Key) was already used for another request: choose a new one.", {
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
