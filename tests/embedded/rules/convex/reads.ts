// What a query may not read, but for indexes.
/* biome-ignore-all lint: everything here is wrong on purpose */
import type { Cases } from "./cases.ts";

/** An id of a table that is not there. */
const UNKNOWN = "n31g3619j50pk3974heaqdjfcvfg004hpw";

export const reads: Cases = {
  "get a number": (ctx) => ctx.db.get(5),
  "get no id": (ctx) => ctx.db.get("x"),
  "get no base32": (ctx) => ctx.db.get("!".repeat(32)),
  "get a bad checksum": (ctx) => ctx.db.get("0".repeat(32)),
  "get of an unknown table": (ctx) => ctx.db.get(UNKNOWN),
  "get by a bad table": (ctx) => ctx.db.get("x y", UNKNOWN),
  "get a document as a system one": async (ctx) => ctx.db.system.get((await ctx.db.query("rows").first())._id),
  "get by the wrong table": async (ctx) => ctx.db.get("any", (await ctx.db.query("rows").first())._id),
  "normalizeId of a bad table": (ctx) => ctx.db.normalizeId("a b", "x"),
  "query a bad table": (ctx) => ctx.db.query("a b").collect(),
  "query a hidden system table": (ctx) => ctx.db.system.query("_tables").collect(),
  "paginate 0": (ctx) => ctx.db.query("rows").paginate({ numItems: 0, cursor: null }),
  "paginate -1": (ctx) => ctx.db.query("rows").paginate({ numItems: -1, cursor: null }),
  "paginate 0.5": (ctx) => ctx.db.query("rows").paginate({ numItems: 0.5, cursor: null }),
  "paginate 32001": (ctx) => ctx.db.query("rows").paginate({ numItems: 32001, cursor: null }),
  "paginate twice": async (ctx) => {
    for (let i = 0; i < 2; i++) await ctx.db.query("rows").paginate({ numItems: 1, cursor: null });
  },
  "paginate with a wrong cursor": (ctx) => ctx.db.query("rows").paginate({ numItems: 1, cursor: "wrong" }),
  "paginate with an empty cursor": (ctx) => ctx.db.query("rows").paginate({ numItems: 1, cursor: "" }),
  "paginate with a number as cursor": (ctx) => ctx.db.query("rows").paginate({ numItems: 1, cursor: 5 }),
  "paginate with a foreign cursor": async (ctx) =>
    ctx.db.query("rows").paginate({ numItems: 1, cursor: "AAAAAAAAAAAA." }),
  "paginate 0 rows": (ctx) => ctx.db.query("rows").paginate({ numItems: 1, cursor: null, maximumRowsRead: 0 }),
  "call a mutation as a query": (ctx) => ctx.runQuery("run:nothing", {}),
  "url of no file": (ctx) => ctx.storage.getUrl("x"),
  "url of a number": (ctx) => ctx.storage.getUrl(5),
  "metadata of a document": async (ctx) => ctx.storage.getMetadata((await ctx.db.query("rows").first())._id),
  "write by a syscall": () =>
    (globalThis as any).Convex.asyncSyscall("1.0/insert", JSON.stringify({ table: "any", value: {} })),
  "an unknown syscall": () => (globalThis as any).Convex.asyncSyscall("1.0/unknown", "{}"),
  "an unknown sync syscall": () => (globalThis as any).Convex.syscall("1.0/unknown", "{}"),
};
