// @convex-dev/crons
import { Crons } from "@convex-dev/crons";
import { v } from "convex/values";
import { components, internal } from "./_generated/api.js";
import { mutation, query } from "./_generated/server.js";

const crons = new Crons(components.crons);

export const register = mutation({
  args: {
    name: v.optional(v.string()),
    topic: v.string(),
    cronspec: v.optional(v.string()),
    ms: v.optional(v.number()),
  },
  handler: (ctx, { name, topic, cronspec, ms }): Promise<string> =>
    crons.register(
      ctx,
      cronspec === undefined ? { kind: "interval", ms: ms ?? 1000 } : { kind: "cron", cronspec, tz: "UTC" },
      internal.events.write,
      { topic, text: "fired" },
      name,
    ),
});
export const list = query({ args: {}, handler: (ctx) => crons.list(ctx) });
export const get = query({ args: { name: v.string() }, handler: (ctx, { name }) => crons.get(ctx, { name }) });
export const remove = mutation({ args: { name: v.string() }, handler: (ctx, { name }) => crons.delete(ctx, { name }) });
export const removeById = mutation({ args: { id: v.string() }, handler: (ctx, { id }) => crons.delete(ctx, { id }) });
