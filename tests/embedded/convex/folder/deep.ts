import { v } from "convex/values";
import { query } from "../_generated/server";

export const twice = query({ args: { n: v.number() }, handler: (_ctx, { n }) => 2 * n });

export default query({ args: {}, handler: () => "the default export" });
