// Indexes, ranges and filters that a query may not use.
/* biome-ignore-all lint: everything here is wrong on purpose */
import type { Cases } from "./cases.ts";

export const ranges: Cases = {
  "an unknown index": (ctx) => ctx.db.query("rows").withIndex("unknown").collect(),
  "an index of an unknown table": (ctx) => ctx.db.query("unknown").withIndex("unknown").collect(),
  "a bad index name": (ctx) => ctx.db.query("rows").withIndex("a b").collect(),
  "a reserved index name": (ctx) => ctx.db.query("rows").withIndex("_x").collect(),
  "a staged index": (ctx) => ctx.db.query("rows").withIndex("by_later").collect(),
  "a staged search index": (ctx) =>
    ctx.db
      .query("rows")
      .withSearchIndex("words_later", (q: any) => q.search("tag", "x"))
      .collect(),
  "withIndex of a search index": (ctx) => ctx.db.query("rows").withIndex("words").collect(),
  "withSearchIndex of an index": (ctx) =>
    ctx.db
      .query("rows")
      .withSearchIndex("by_name", (q: any) => q.search("name", "x"))
      .collect(),
  "withIndex of a vector index": (ctx) => ctx.db.query("points").withIndex("near").collect(),
  "withSearchIndex of a vector index": (ctx) =>
    ctx.db
      .query("points")
      .withSearchIndex("near", (q: any) => q.search("name", "x"))
      .collect(),
  "withSearchIndex without search": (ctx) =>
    ctx.db
      .query("rows")
      .withSearchIndex("words", (q: any) => q)
      .collect(),
  "search another field": (ctx) =>
    ctx.db
      .query("rows")
      .withSearchIndex("words", (q: any) => q.search("tag", "x"))
      .collect(),
  "search twice": (ctx) =>
    ctx.db
      .query("rows")
      .withSearchIndex("words", (q: any) => q.search("name", "x").search("name", "y"))
      .collect(),
  "search a number": (ctx) =>
    ctx.db
      .query("rows")
      .withSearchIndex("words", (q: any) => q.search("name", 5))
      .collect(),
  "search with another filter": (ctx) =>
    ctx.db
      .query("rows")
      .withSearchIndex("words", (q: any) => q.search("name", "x").eq("n", 1))
      .collect(),
  "search with 9 filters": (ctx) =>
    ctx.db
      .query("rows")
      .withSearchIndex("words", (q: any) => {
        let f = q.search("name", "x");
        for (let i = 0; i < 9; i++) f = f.eq("tag", "a");
        return f;
      })
      .collect(),
  "a range in the wrong order": (ctx) =>
    ctx.db
      .query("rows")
      .withIndex("by_name", (q: any) => q.eq("n", 1))
      .collect(),
  "a range on an unknown field": (ctx) =>
    ctx.db
      .query("rows")
      .withIndex("by_name", (q: any) => q.eq("tag", 1))
      .collect(),
  "a range with two equalities": (ctx) =>
    ctx.db
      .query("rows")
      .withIndex("by_name", (q: any) => q.eq("name", "a").eq("name", "b"))
      .collect(),
  "a range with two lower bounds": (ctx) =>
    ctx.db
      .query("rows")
      .withIndex("by_name", (q: any) => q.gt("name", "a").gte("name", "b"))
      .collect(),
  "a range with two upper bounds": (ctx) =>
    ctx.db
      .query("rows")
      .withIndex("by_name", (q: any) => q.lt("name", "a").lte("name", "b"))
      .collect(),
  "a range bounded on two fields": (ctx) =>
    ctx.db
      .query("rows")
      .withIndex("by_name", (q: any) => q.gt("name", "a").lt("n", 1))
      .collect(),
  "a range with a bad field": (ctx) =>
    ctx.db
      .query("rows")
      .withIndex("by_name", (q: any) => q.eq("a b", 1))
      .collect(),
  "a filter that is no boolean": (ctx) =>
    ctx.db
      .query("rows")
      .filter((q: any) => q.add(1, 2))
      .collect(),
  "a filter of a text and a number": (ctx) =>
    ctx.db
      .query("rows")
      .filter((q: any) => q.eq(q.add("a", 2), 1))
      .collect(),
  "a filter that negates a text": (ctx) =>
    ctx.db
      .query("rows")
      .filter((q: any) => q.eq(q.neg("a"), 1))
      .collect(),
  "a filter of int64 and float64": (ctx) =>
    ctx.db
      .query("rows")
      .filter((q: any) => q.eq(q.mul(1n, 2), 1))
      .collect(),
  "a filter that divides by zero": (ctx) =>
    ctx.db
      .query("rows")
      .filter((q: any) => q.eq(q.div(1n, 0n), 1))
      .collect(),
  "a filter that overflows": (ctx) =>
    ctx.db
      .query("rows")
      .filter((q: any) => q.eq(q.add(2n ** 63n - 1n, 1n), 1))
      .collect(),
  "a filter of not a number": (ctx) =>
    ctx.db
      .query("rows")
      .filter((q: any) => q.not(1))
      .collect(),
  "4097 ranges": async (ctx) => {
    for (let i = 0; i <= 4096; i++)
      await ctx.db
        .query("rows")
        .withIndex("by_name", (q: any) => q.eq("name", String(i)))
        .first();
  },
  "withSearchIndex unknown": (ctx) =>
    ctx.db
      .query("rows")
      .withSearchIndex("unknown", (q: any) => q.search("name", "x"))
      .collect(),
};
