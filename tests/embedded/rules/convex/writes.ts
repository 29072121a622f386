// What a mutation may not write.
/* biome-ignore-all lint: everything here is wrong on purpose */
import type { Cases } from "./cases.ts";

/** An id of a table that is not there. */
const UNKNOWN = "n31g3619j50pk3974heaqdjfcvfg004hpw";
const nested = (depth: number): unknown => (depth === 0 ? 1 : [nested(depth - 1)]);
const many = (count: number): object => Object.fromEntries(Array.from({ length: count }, (_, i) => [`f${i}`, i]));
const anyId = (ctx: any): Promise<string> => ctx.db.insert("any", {});
const rowId = (ctx: any): Promise<string> => ctx.db.insert("rows", { name: "x" });

export const writes: Cases = {
  "insert into a bad table": (ctx) => ctx.db.insert("1bad", {}),
  "insert into a table with a dash": (ctx) => ctx.db.insert("a-b", {}),
  "insert into a system table": (ctx) => ctx.db.insert("_storage", {}),
  "insert nothing": (ctx) => ctx.db.insert("any"),
  "insert an array": (ctx) => ctx.db.insert("any", []),
  "insert with _id": async (ctx) => ctx.db.insert("any", { _id: await anyId(ctx) }),
  "insert with _creationTime": (ctx) => ctx.db.insert("any", { _creationTime: 1 }),
  "insert with _x": (ctx) => ctx.db.insert("any", { _x: 1 }),
  "insert an empty name": (ctx) => ctx.db.insert("any", { "": 1 }),
  "insert a Date": (ctx) => ctx.db.insert("any", { x: new Date(0) }),
  "insert a lone surrogate": (ctx) => ctx.db.insert("any", { x: "\ud800" }),
  "insert 1 MiB": (ctx) => ctx.db.insert("any", { x: "x".repeat(1 << 20) }),
  "insert 17 deep": (ctx) => ctx.db.insert("any", { x: nested(16) }),
  "insert 65 deep": (ctx) => ctx.db.insert("any", { x: nested(70) }),
  "insert 8193 items": (ctx) => ctx.db.insert("any", { x: Array(8193).fill(0) }),
  "insert 1025 fields": (ctx) => ctx.db.insert("any", many(1025)),
  "insert what the schema refuses": (ctx) => ctx.db.insert("rows", { name: 1 }),
  "insert an extra field": (ctx) => ctx.db.insert("rows", { name: "x", more: 1 }),
  "patch with a text": async (ctx) => ctx.db.patch(await anyId(ctx), "x"),
  "patch _id": async (ctx) => ctx.db.patch(await anyId(ctx), { _id: await anyId(ctx) }),
  "patch _creationTime": async (ctx) => ctx.db.patch(await anyId(ctx), { _creationTime: 1 }),
  "patch _x": async (ctx) => ctx.db.patch(await anyId(ctx), { _x: 1 }),
  "patch without _id": async (ctx) => ctx.db.patch(await anyId(ctx), { _id: undefined }),
  "patch a removed document": async (ctx) => {
    const id = await anyId(ctx);
    await ctx.db.delete(id);
    await ctx.db.patch(id, {});
  },
  "patch what the schema refuses": async (ctx) => ctx.db.patch(await rowId(ctx), { name: undefined }),
  "patch by table": async (ctx) => ctx.db.patch("rows", await anyId(ctx), {}),
  "replace a removed document": async (ctx) => {
    const id = await anyId(ctx);
    await ctx.db.delete(id);
    await ctx.db.replace(id, {});
  },
  "replace _id": async (ctx) => ctx.db.replace(await anyId(ctx), { _id: await anyId(ctx) }),
  "replace by table": async (ctx) => ctx.db.replace("rows", await anyId(ctx), {}),
  "delete a number": (ctx) => ctx.db.delete(5),
  "patch null": (ctx) => ctx.db.patch(null, {}),
  "delete no id": (ctx) => ctx.db.delete("x"),
  "delete a removed document": async (ctx) => {
    const id = await anyId(ctx);
    await ctx.db.delete(id);
    await ctx.db.delete(id);
  },
  "delete by table": async (ctx) => ctx.db.delete("rows", await anyId(ctx)),
  "delete of an unknown table": (ctx) => ctx.db.delete(UNKNOWN),
  "patch of an unknown table": (ctx) => ctx.db.patch(UNKNOWN, {}),
  "16001 documents": async (ctx) => {
    for (let i = 0; i <= 16000; i++) await ctx.db.insert("any", {});
  },
  "17 MiB": async (ctx) => {
    for (let i = 0; i < 17; i++) await ctx.db.insert("any", { x: "x".repeat(1e6 + 40e3) });
  },
};
