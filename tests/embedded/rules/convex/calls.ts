// What a mutation may not call.
/* biome-ignore-all lint: everything here is wrong on purpose */
import type { Cases } from "./cases.ts";

const anyId = (ctx: any): Promise<string> => ctx.db.insert("any", {});

export const calls: Cases = {
  "1001 scheduled": async (ctx) => {
    for (let i = 0; i <= 1000; i++) await ctx.scheduler.runAfter(0, "run:nothing");
  },
  "schedule with 5 MiB": (ctx) => ctx.scheduler.runAfter(0, "run:nothing", { x: "x".repeat(5 << 20) }),
  "schedule a missing function": (ctx) => ctx.scheduler.runAfter(0, "run:missing"),
  "schedule in a missing module": (ctx) => ctx.scheduler.runAfter(0, "missing:missing"),
  "schedule a query": (ctx) => ctx.scheduler.runAfter(0, "run:reads"),
  "schedule in 6 years": (ctx) => ctx.scheduler.runAfter(6 * 366 * 86400e3, "run:nothing"),
  "schedule 6 years ago": (ctx) => ctx.scheduler.runAt(Date.now() - 6 * 366 * 86400e3, "run:nothing"),
  "schedule at an invalid Date": (ctx) => ctx.scheduler.runAt(new Date(NaN), "run:nothing"),
  "cancel no id": (ctx) => ctx.scheduler.cancel("x"),
  "cancel a document": async (ctx) => ctx.scheduler.cancel(await anyId(ctx)),
  "call itself 10 deep": (ctx) => ctx.runMutation("run:deep", { left: 10 }),
  "call a missing function": (ctx) => ctx.runMutation("run:missing", {}),
  "call in a missing module": (ctx) => ctx.runMutation("missing:missing", {}),
  "call a query as a mutation": (ctx) => ctx.runMutation("run:reads", {}),
  "call an action": (ctx) => ctx.runMutation("run:acts", {}),
  "call with wrong args": (ctx) => ctx.runMutation("run:deep", {}),
  "call with more args": (ctx) => ctx.runMutation("run:nothing", { more: 1 }),
  fetch: () => fetch("http://localhost"),
  setTimeout: () => setTimeout(() => {}, 1),
  "delete no file": (ctx) => ctx.storage.delete("x"),
  "delete a document as a file": async (ctx) => ctx.storage.delete(await anyId(ctx)),
  "console.table": () => console.table([1]),
  eval: () => eval("1"),
  require: () => (globalThis as any).require("fs"),
  never: () => new Promise(() => {}),
};
