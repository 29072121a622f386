/** A mutation that is sent twice has one effect: its operation id is looked up and written in the same transaction. */
import { Id } from "../_generated/dataModel";
import { MutationCtx, QueryCtx } from "../_generated/server";
import { refuse } from "./refuse";

const OPERATION_ID = /^[A-Za-z0-9_-]{1,64}$/;

/** Runs `effect` unless this user's `operationId` has run before; the answer is the first one's either way. */
export async function once(
  ctx: MutationCtx,
  userId: Id<"users">,
  operationId: string,
  effect: () => Promise<string | undefined>,
): Promise<string | undefined> {
  if (!OPERATION_ID.test(operationId)) {
    refuse("invalid", "an operation id is 1-64 of A-Z a-z 0-9 _ -", { field: "operationId", limit: 64 });
  }
  const first = await findOperation(ctx, userId, operationId);
  if (first !== null) return first.answer;
  const answer = await effect();
  await ctx.db.insert("operations", { userId, operationId, answer });
  return answer;
}

export async function findOperation(ctx: QueryCtx, userId: Id<"users">, operationId: string) {
  return await ctx.db
    .query("operations")
    .withIndex("by_user_and_operation", (q) => q.eq("userId", userId).eq("operationId", operationId))
    .unique();
}
