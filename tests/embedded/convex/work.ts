// Actions, scheduled functions, stored files.
import { createFunctionHandle, makeFunctionReference } from "convex/server";
import { ConvexError, v } from "convex/values";
import { api, internal } from "./_generated/api";
import type { Id } from "./_generated/dataModel";
import { action, internalAction, internalMutation, internalQuery, mutation, query } from "./_generated/server";

type JobId = Id<"_scheduled_functions">;

export const call = action({
  args: { room: v.string() },
  returns: v.any(),
  handler: async (ctx, { room }): Promise<unknown> => {
    const id = await ctx.runMutation(internal.work.write, { room, body: "from an action" });
    const bodies: string[] = await ctx.runQuery(api.notes.bodies, { room });
    const nested: string = await ctx.runAction(internal.work.inner, { text: "nested" });
    return {
      id: typeof id,
      bodies,
      nested,
      who: await ctx.auth.getUserIdentity(),
      meta: await ctx.meta.getFunctionMetadata(),
    };
  },
});

/** Through handles, which are strings that name functions. */
export const byHandle = mutation({
  args: { room: v.string() },
  handler: async (ctx, { room }): Promise<string> => {
    const handle = await createFunctionHandle(internal.work.write);
    await ctx.runMutation(handle, { room, body: "by handle" });
    return await ctx.scheduler.runAfter(0, handle, { room, body: "by handle, later" });
  },
});

export const inner = internalAction({
  args: { text: v.string() },
  handler: async (_ctx, { text }) => `${text} action`,
});

export const write = internalMutation({
  args: { room: v.string(), body: v.string() },
  handler: (ctx, args) => ctx.db.insert("notes", args),
});

export const secret = internalQuery({ args: {}, handler: () => "secret" });

export const readsSecret = action({
  args: {},
  handler: (ctx): Promise<string> => ctx.runQuery(internal.work.secret, {}),
});

export const web = action({
  args: { url: v.string() },
  handler: async (_ctx, { url }) => {
    const response = await fetch(url);
    const before = Date.now();
    await new Promise((resolve) => setTimeout(resolve, 20));
    const digest = await crypto.subtle.digest("SHA-256", await response.arrayBuffer());
    const { readable, writable } = new TransformStream();
    void new Response("streamed").body!.pipeTo(writable);
    return {
      digest,
      streamed: await new Response(readable).text(),
      waited: Date.now() > before,
      random: crypto.randomUUID() !== crypto.randomUUID(),
      env: process.env.COLOUR ?? null,
      site: process.env.CONVEX_SITE_URL ?? null,
    };
  },
});

export const wait = action({
  args: { ms: v.number() },
  handler: async (_ctx, { ms }) => {
    await new Promise((resolve) => setTimeout(resolve, ms));
    return ms;
  },
});

export const fails = action({
  args: { how: v.string() },
  handler: async (ctx, { how }): Promise<void> => {
    console.log("about to fail", how);
    if (how === "convex") throw new ConvexError({ how, n: 1n });
    if (how === "nested") await ctx.runMutation(api.notes.addAndFail, { room: "nested action", data: { inner: 2n } });
    throw new Error("action trouble");
  },
});

export const busy = action({
  args: { ms: v.number() },
  handler: async (_ctx, { ms }) => {
    const end = Date.now() + ms;
    while (Date.now() < end);
    return ms;
  },
});

export const badReturn = action({ args: {}, returns: v.string(), handler: async () => 7 as never });

// --- scheduling ---

export const later = mutation({
  args: { room: v.string(), body: v.string(), delay: v.number(), fail: v.optional(v.boolean()) },
  handler: async (ctx, { room, body, delay, fail }): Promise<JobId> => {
    const id = await ctx.scheduler.runAfter(delay, internal.work.write, { room, body });
    if (fail) throw new ConvexError("undone");
    return id;
  },
});

export const laterWith = mutation({
  args: { value: v.any() },
  handler: (ctx, args): Promise<JobId> => ctx.scheduler.runAfter(0, internal.work.takes, args),
});

export const takes = internalMutation({ args: { value: v.any() }, handler: () => null });

export const at = mutation({
  args: { room: v.string(), time: v.number() },
  handler: (ctx, { room, time }): Promise<JobId> =>
    ctx.scheduler.runAt(new Date(time), internal.work.write, { room, body: "at" }),
});

export const laterFailing = mutation({
  args: {},
  handler: (ctx): Promise<JobId> => ctx.scheduler.runAfter(0, internal.work.throws, {}),
});

export const throws = internalMutation({
  args: {},
  handler: async (ctx) => {
    await ctx.db.insert("notes", { room: "throws", body: "must vanish" });
    throw new Error("scheduled trouble");
  },
});

export const scheduleByName = mutation({
  args: { name: v.string() },
  handler: (ctx, { name }): Promise<JobId> => ctx.scheduler.runAfter(0, makeFunctionReference<"mutation">(name), {}),
});

export const cancel = mutation({
  args: { id: v.id("_scheduled_functions") },
  handler: (ctx, { id }) => ctx.scheduler.cancel(id),
});

export const job = query({
  args: { id: v.id("_scheduled_functions") },
  handler: (ctx, { id }) => ctx.db.system.get(id),
});

export const jobs = query({
  args: {},
  handler: async (ctx) => (await ctx.db.system.query("_scheduled_functions").collect()).map(({ state }) => state.kind),
});

export const laterAction = mutation({
  args: { room: v.string(), ms: v.number() },
  handler: (ctx, args): Promise<JobId> => ctx.scheduler.runAfter(0, internal.work.slowly, args),
});

export const laterScheduling = mutation({
  args: { room: v.string(), ms: v.number() },
  handler: (ctx, args): Promise<JobId> => ctx.scheduler.runAfter(0, internal.work.schedulesSlowly, args),
});

export const schedulesSlowly = internalAction({
  args: { room: v.string(), ms: v.number() },
  handler: async (ctx, args): Promise<void> => {
    await ctx.runAction(internal.work.slowly, args);
    await ctx.scheduler.runAfter(0, internal.work.write, { room: args.room, body: "must not be" });
  },
});

export const slowly = internalAction({
  args: { room: v.string(), ms: v.number() },
  handler: async (ctx, { room, ms }): Promise<void> => {
    await ctx.runMutation(internal.work.write, { room, body: "started" });
    await new Promise((resolve) => setTimeout(resolve, ms));
    await ctx.runMutation(internal.work.write, { room, body: "ended" });
  },
});

/** Writes a row a step and schedules the next step: every step must be there once. */
export const chain = internalMutation({
  args: { room: v.string(), n: v.number() },
  handler: async (ctx, { room, n }): Promise<void> => {
    await ctx.db.insert("notes", { room, body: "step", n });
    await ctx.scheduler.runAfter(0, internal.work.chain, { room, n: n + 1 });
  },
});

export const startChain = mutation({
  args: { room: v.string() },
  handler: (ctx, { room }): Promise<JobId> => ctx.scheduler.runAfter(0, internal.work.chain, { room, n: 0 }),
});

export const scheduleFromAction = action({
  args: { room: v.string() },
  handler: async (ctx, { room }): Promise<JobId> => {
    const id = await ctx.scheduler.runAfter(3_600_000, internal.work.write, { room, body: "never" });
    await ctx.scheduler.cancel(id);
    return await ctx.scheduler.runAfter(0, internal.work.write, { room, body: "scheduled by an action" });
  },
});

export const tick = internalMutation({
  args: { by: v.string() },
  handler: (ctx, { by }) => ctx.db.insert("notes", { room: "cron", body: by }),
});

// --- files ---

export const uploadUrl = mutation({ args: {}, handler: (ctx) => ctx.storage.generateUploadUrl() });

export const file = query({
  args: { id: v.id("_storage") },
  handler: async (ctx, { id }) => ({
    url: await ctx.storage.getUrl(id),
    metadata: await ctx.storage.getMetadata(id),
    row: await ctx.db.system.get(id),
  }),
});

export const removeFile = mutation({
  args: { id: v.id("_storage") },
  handler: (ctx, { id }) => ctx.storage.delete(id),
});

export const storeAndGet = action({
  args: { text: v.string() },
  handler: async (ctx, { text }) => {
    const id = await ctx.storage.store(new Blob([text], { type: "text/x-note" }));
    const blob = await ctx.storage.get(id);
    const answer = { id, text: await blob!.text(), type: blob!.type, url: await ctx.storage.getUrl(id) };
    return answer;
  },
});

export const storeInMutation = mutation({
  args: { text: v.string(), fail: v.boolean() },
  handler: async (ctx, { text, fail }) => {
    const id = await ctx.storage.store(new Blob([text], { type: "text/plain" }));
    const back = await (await ctx.storage.get(id))!.text();
    if (fail) throw new ConvexError("undone");
    return { id, back };
  },
});

export const origin = mutation({ args: {}, handler: (ctx) => ctx.meta.getRequestMetadata() });

export const near = action({
  args: { vector: v.array(v.float64()), label: v.string() },
  handler: async (ctx, { vector, label }): Promise<unknown> => {
    const found = await ctx.vectorSearch("points", "by_vector", {
      vector,
      limit: 2,
      filter: (q) => q.eq("label", label),
    });
    return found.map(({ _score }) => _score);
  },
});

export const addPoint = mutation({
  args: { vector: v.array(v.float64()), label: v.string() },
  handler: (ctx, point) => ctx.db.insert("points", point),
});

export const systemErrors = query({
  args: { id: v.id("_storage") },
  handler: async (ctx, { id }) => {
    const message = (error: Error): string => error.message;
    return [
      await ctx.db.get(id as never).catch(message),
      await ctx.db.system
        .query("_files" as never)
        .collect()
        .catch(message),
    ];
  },
});
