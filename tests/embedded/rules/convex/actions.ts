// What an action may not do.
/* biome-ignore-all lint: everything here is wrong on purpose */
import type { Cases } from "./cases.ts";

export const actions: Cases = {
  "vectors of another length": (ctx) => ctx.vectorSearch("points", "near", { vector: [1] }),
  "vectors of texts": (ctx) => ctx.vectorSearch("points", "near", { vector: ["a", "b"] }),
  "vectors with NaN": (ctx) => ctx.vectorSearch("points", "near", { vector: [NaN, 1] }),
  "257 vectors": (ctx) => ctx.vectorSearch("points", "near", { vector: [1, 1], limit: 257 }),
  "0 vectors": (ctx) => ctx.vectorSearch("points", "near", { vector: [1, 1], limit: 0 }),
  "-1 vectors": (ctx) => ctx.vectorSearch("points", "near", { vector: [1, 1], limit: -1 }),
  "an unknown vector index": (ctx) => ctx.vectorSearch("points", "unknown", { vector: [1, 1] }),
  "a vector index of an unknown table": (ctx) => ctx.vectorSearch("unknown", "near", { vector: [1, 1] }),
  "a staged vector index": (ctx) => ctx.vectorSearch("points", "near_later", { vector: [1, 1, 1] }),
  "an index that is not of vectors": (ctx) => ctx.vectorSearch("rows", "by_name", { vector: [1, 1] }),
  "vectors with another filter": (ctx) =>
    ctx.vectorSearch("points", "near", { vector: [1, 1], filter: (q: any) => q.eq("name", "x") }),
  "vectors with 65 filters": (ctx) =>
    ctx.vectorSearch("points", "near", {
      vector: [1, 1],
      filter: (q: any) => q.or(...Array.from({ length: 65 }, (_, i) => q.eq("tag", String(i)))),
    }),
  "get no file": (ctx) => ctx.storage.get("x"),
  "store with a wrong sha256": (ctx) => ctx.storage.store(new Blob(["x"]), { sha256: "x" }),
  "delete no file": (ctx) => ctx.storage.delete("x"),
  "delete a missing file": async (ctx) => {
    const id = await ctx.storage.store(new Blob(["x"]));
    await ctx.storage.delete(id);
    await ctx.storage.delete(id);
  },
  "call a missing function": (ctx) => ctx.runQuery("run:missing", {}),
  "call a mutation as a query": (ctx) => ctx.runQuery("run:nothing", {}),
  "call with wrong args": (ctx) => ctx.runMutation("run:deep", {}),
  "call a missing action": (ctx) => ctx.runAction("run:missing", {}),
  "schedule a missing function": (ctx) => ctx.scheduler.runAfter(0, "run:missing"),
  "cancel no id": (ctx) => ctx.scheduler.cancel("x"),
  "an unknown syscall": () => (globalThis as any).Convex.asyncSyscall("1.0/unknown", "{}"),
  "console.table": () => console.table([1]),
};
