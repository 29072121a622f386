// What functions learn about themselves.
import { v } from "convex/values";
import { api } from "./_generated/api";
import type { Id } from "./_generated/dataModel";
import { action, httpAction, mutation, query } from "./_generated/server";

export default query({ args: {}, handler: async (ctx) => (await ctx.meta.getFunctionMetadata()).name });
export const acts = action({ args: {}, handler: async (ctx) => (await ctx.meta.getFunctionMetadata()).name });
export const overHttp = httpAction(async (ctx) => new Response((await ctx.meta.getFunctionMetadata()).name));

/** Called for the first time it schedules itself; then it cancels itself. */
export const cancelsItself = mutation({
  args: { scheduled: v.boolean() },
  handler: async (ctx, { scheduled }): Promise<Id<"_scheduled_functions">> => {
    if (!scheduled) return await ctx.scheduler.runAfter(0, api.plain.cancelsItself, { scheduled: true });
    const own = (await ctx.meta.getRequestMetadata()).scheduledFunctionId as Id<"_scheduled_functions">;
    await ctx.scheduler.cancel(own);
    await ctx.db.insert("notes", { room: own, body: "kept" });
    return own;
  },
});
