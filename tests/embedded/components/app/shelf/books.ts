// One component for all that a component may do. The app has it twice.
import type { FunctionHandle } from "convex/server";
import { v } from "convex/values";
import { api, components, internal } from "./_generated/api.js";
import type { Id } from "./_generated/dataModel.js";
import { action, env, internalMutation, internalQuery, mutation, query } from "./_generated/server.js";

const book = { title: v.string(), about: v.string(), vector: v.optional(v.array(v.number())) };

export const add = mutation({
  args: book,
  returns: v.id("books"),
  handler: async (ctx, args) => {
    await ctx.runMutation(components.ledger.lines.write, { text: `got ${args.title}` });
    return ctx.db.insert("books", args);
  },
});
export const addAndFail = mutation({
  args: book,
  returns: v.null(),
  handler: async (ctx, args): Promise<null> => {
    await ctx.runMutation(api.books.add, args);
    await ctx.scheduler.runAfter(0, api.books.add, args);
    throw new Error(`no room for ${args.title}`);
  },
});
export const get = query({
  args: { id: v.id("books") },
  returns: v.union(v.string(), v.null()),
  handler: async (ctx, { id }) => (await ctx.db.get("books", id))?.title ?? null,
});
export const titles = query({
  args: {},
  returns: v.array(v.string()),
  handler: async (ctx) => (await ctx.db.query("books").withIndex("by_title").collect()).map(({ title }) => title),
});
export const find = query({
  args: { words: v.string() },
  returns: v.array(v.string()),
  handler: async (ctx, { words }) => {
    const found = await ctx.db
      .query("books")
      .withSearchIndex("search_about", (q) => q.search("about", words))
      .take(9);
    return found.map(({ title }) => title);
  },
});
export const near = action({
  args: { vector: v.array(v.number()) },
  returns: v.array(v.string()),
  handler: async (ctx, { vector }): Promise<string[]> => {
    const found = await ctx.vectorSearch("books", "by_vector", { vector, limit: 2 });
    const named: (string | null)[] = await Promise.all(
      found.map(({ _id }) => ctx.runQuery(api.books.get, { id: _id })),
    );
    return named.filter((title) => title !== null);
  },
});
export const history = query({
  args: {},
  returns: v.object({ lines: v.array(v.string()), written: v.number(), lent: v.number() }),
  handler: async (ctx): Promise<{ lines: string[]; written: number; lent: number }> => ({
    ...(await ctx.runQuery(components.ledger.lines.list, {})),
    lent: await ctx.runQuery(components.loans.count.read, {}),
  }),
});
/** What a component knows of where it is and who asks. */
export const surroundings = query({
  args: {},
  returns: v.any(),
  handler: async (ctx) => ({
    label: env.LABEL,
    fromTheApp: process.env.FACTS ?? null,
    user: await ctx.auth.getUserIdentity(),
    path: (await ctx.meta.getFunctionMetadata()).componentPath,
  }),
});
export const page = query({
  args: {},
  returns: v.any(),
  handler: (ctx) => ctx.db.query("books").paginate({ numItems: 1, cursor: null }),
});

/** Calls what the app handed over, now and later. */
export const lend = mutation({
  args: { handle: v.string(), topic: v.string(), later: v.boolean() },
  returns: v.null(),
  handler: async (ctx, { handle, topic, later }) => {
    const tell = handle as FunctionHandle<"mutation", { topic: string; text: string }>;
    await ctx.runMutation(components.loans.count.add, {});
    if (later) await ctx.scheduler.runAfter(0, tell, { topic, text: "lent, later" });
    else await ctx.runMutation(tell, { topic, text: "lent" });
    return null;
  },
});
export const order = mutation({
  args: book,
  returns: v.id("_scheduled_functions"),
  handler: (ctx, args): Promise<Id<"_scheduled_functions">> => ctx.scheduler.runAfter(0, internal.books.arrive, args),
});
export const arrive = internalMutation({
  args: book,
  returns: v.null(),
  handler: async (ctx, args) => {
    await ctx.db.insert("books", args);
    return null;
  },
});
export const orderState = query({
  args: { id: v.id("_scheduled_functions") },
  returns: v.union(v.string(), v.null()),
  handler: async (ctx, { id }) => (await ctx.db.system.get("_scheduled_functions", id))?.state.kind ?? null,
});

export const photograph = action({
  args: { title: v.string(), picture: v.string() },
  returns: v.string(),
  handler: async (ctx, { title, picture }): Promise<string> => {
    const cover: Id<"_storage"> = await ctx.storage.store(new Blob([picture], { type: "text/plain" }));
    await ctx.runMutation(internal.books.setCover, { title, cover });
    return cover;
  },
});
export const setCover = internalMutation({
  args: { title: v.string(), cover: v.id("_storage") },
  returns: v.null(),
  handler: async (ctx, { title, cover }) => {
    const found = await ctx.db
      .query("books")
      .withIndex("by_title", (q) => q.eq("title", title))
      .unique();
    await ctx.db.patch("books", found!._id, { cover });
    return null;
  },
});
export const coverUrl = query({
  args: { id: v.string() },
  returns: v.union(v.string(), v.null()),
  handler: (ctx, { id }) => ctx.storage.getUrl(id as Id<"_storage">),
});
export const secret = internalQuery({ args: {}, handler: () => "the component's own" });
