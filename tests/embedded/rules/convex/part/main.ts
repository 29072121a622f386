// A component that does what shows differences.
import { mutationGeneric, queryGeneric } from "convex/server";

const PAGE = { numItems: 1, cursor: null };

export const touch = mutationGeneric({
  args: {},
  handler: () => void Object.defineProperty(Array.prototype, "touched", { value: true, configurable: true }),
});
export const page = queryGeneric({
  args: {},
  handler: async (ctx) => (await ctx.db.query("things").paginate(PAGE)).page,
});
export const pageInMutation = mutationGeneric({
  args: {},
  handler: async (ctx) => (await ctx.db.query("things").paginate(PAGE)).page,
});
export const who = queryGeneric({ args: {}, handler: (ctx) => ctx.auth.getUserIdentity() });
