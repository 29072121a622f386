/** What a call reads, and rows that would take a year to make. Only tests put this file beside the functions. */
import { makeFunctionReference } from "convex/server";
import { v } from "convex/values";
import type { TableNames } from "./_generated/dataModel";
import { internalMutation, type MutationCtx } from "./_generated/server";

/** A field that says "commitTs" gets the commit's. */
export const seed = internalMutation({
  args: { table: v.string(), rows: v.array(v.any()) },
  returns: v.array(v.string()),
  handler: async (ctx, { table, rows }) => {
    const made: string[] = [];
    for (const row of rows) {
      const ts = row.ts === "commitTs" ? { ts: ctx.db.vars.commitTs } : {};
      made.push(await ctx.db.insert(table as TableNames, { ...row, ...ts }));
    }
    return made;
  },
});

export const query = internalMutation({
  args: { path: v.string(), args: v.any() },
  returns: v.any(),
  handler: async (ctx, { path, args }) => {
    const value = await ctx.runQuery(makeFunctionReference<"query">(path), args);
    return { value, ...(await used(ctx)) };
  },
});

export const mutation = internalMutation({
  args: { path: v.string(), args: v.any() },
  returns: v.any(),
  handler: async (ctx, { path, args }) => {
    const value = await ctx.runMutation(makeFunctionReference<"mutation">(path), args);
    return { value, ...(await used(ctx)) };
  },
});

/** Documents and bytes that the transaction has read, and documents that it has written. */
async function used(ctx: MutationCtx) {
  const { documentsRead, bytesRead, documentsWritten } = await ctx.meta.getTransactionMetrics();
  return { read: documentsRead.used, bytes: bytesRead.used, written: documentsWritten.used };
}
