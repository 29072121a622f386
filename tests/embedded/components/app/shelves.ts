// Our own component, twice.
import { createFunctionHandle } from "convex/server";
import { v } from "convex/values";
import { components, internal } from "./_generated/api.js";
import { action, mutation, query } from "./_generated/server.js";

const shelf = v.union(v.literal("fiction"), v.literal("facts"));
const book = { shelf, title: v.string(), about: v.string(), vector: v.optional(v.array(v.number())) };

export const add = mutation({
  args: book,
  handler: (ctx, { shelf, ...book }): Promise<string> => ctx.runMutation(components[shelf].books.add, book),
});
export const titles = query({
  args: { shelf },
  handler: (ctx, { shelf }): Promise<string[]> => ctx.runQuery(components[shelf].books.titles, {}),
});
export const get = query({
  args: { shelf, id: v.string() },
  handler: (ctx, { shelf, id }): Promise<string | null> => ctx.runQuery(components[shelf].books.get, { id }),
});
export const find = query({
  args: { shelf, words: v.string() },
  handler: (ctx, { shelf, words }): Promise<string[]> => ctx.runQuery(components[shelf].books.find, { words }),
});
export const near = action({
  args: { shelf, vector: v.array(v.number()) },
  handler: (ctx, { shelf, vector }): Promise<string[]> => ctx.runAction(components[shelf].books.near, { vector }),
});
export const history = query({
  args: { shelf },
  handler: (ctx, { shelf }): Promise<{ lines: string[]; written: number; lent: number }> =>
    ctx.runQuery(components[shelf].books.history, {}),
});
export const surroundings = query({
  args: { shelf },
  handler: async (ctx, { shelf }): Promise<unknown> => ({
    user: (await ctx.auth.getUserIdentity())?.subject ?? null,
    inside: await ctx.runQuery(components[shelf].books.surroundings, {}),
  }),
});
export const page = query({
  args: { shelf },
  handler: (ctx, { shelf }): Promise<unknown> => ctx.runQuery(components[shelf].books.page, {}),
});

/** Writes to the app and to both shelves. The last write fails: what becomes of the others depends on who catches. */
export const move = mutation({
  args: { title: v.string(), caught: v.boolean() },
  handler: async (ctx, { title, caught }): Promise<string> => {
    await ctx.db.insert("books", { title });
    await ctx.runMutation(components.fiction.books.add, { title, about: "moved" });
    const failing = ctx.runMutation(components.facts.books.addAndFail, { title, about: "moved" });
    if (!caught) return await failing.then(() => "");
    return failing.then(
      () => "",
      (error: Error) => error.message,
    );
  },
});
export const ownBooks = query({
  args: {},
  handler: async (ctx) => (await ctx.db.query("books").collect()).map(({ title }) => title),
});

export const lend = mutation({
  args: { shelf, topic: v.string(), later: v.boolean() },
  handler: async (ctx, { shelf, topic, later }): Promise<null> => {
    const handle = await createFunctionHandle(internal.events.write);
    return ctx.runMutation(components[shelf].books.lend, { handle, topic, later });
  },
});
/** A handle of a component's function, called by the app. */
export const addByHandle = mutation({
  args: { title: v.string() },
  handler: async (ctx, { title }): Promise<string> => {
    const handle = await createFunctionHandle(components.facts.books.add);
    return ctx.runMutation(handle, { title, about: "by handle" });
  },
});
export const addLater = mutation({
  args: { title: v.string() },
  handler: (ctx, { title }): Promise<string> =>
    ctx.scheduler.runAfter(0, components.facts.books.add, { title, about: "from the app, later" }),
});
export const order = mutation({
  args: { shelf, title: v.string() },
  handler: (ctx, { shelf, title }): Promise<string> =>
    ctx.runMutation(components[shelf].books.order, { title, about: "ordered" }),
});
export const orderState = query({
  args: { shelf, id: v.string() },
  handler: async (ctx, { shelf, id }): Promise<{ inside: string | null; outside: number }> => ({
    inside: await ctx.runQuery(components[shelf].books.orderState, { id }),
    outside: (await ctx.db.system.query("_scheduled_functions").collect()).filter(({ _id }) => _id === id).length,
  }),
});
export const photograph = action({
  args: { shelf, title: v.string(), picture: v.string() },
  handler: (ctx, { shelf, title, picture }): Promise<string> =>
    ctx.runAction(components[shelf].books.photograph, { title, picture }),
});
export const coverUrl = query({
  args: { shelf, id: v.string() },
  handler: (ctx, { shelf, id }): Promise<string | null> => ctx.runQuery(components[shelf].books.coverUrl, { id }),
});
