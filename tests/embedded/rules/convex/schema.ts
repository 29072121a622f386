import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";

const rows = defineTable({ name: v.string(), n: v.optional(v.number()), tag: v.optional(v.string()) })
  .index("by_name", ["name", "n"])
  .index("by_later", { fields: ["n"], staged: true } as never)
  .searchIndex("words", { searchField: "name", filterFields: ["tag"] })
  .searchIndex("words_later", { searchField: "tag", staged: true } as never);

export default defineSchema({
  rows,
  any: defineTable(v.any()),
  texts: defineTable({ text: v.string(), tag: v.string(), other: v.string() }).searchIndex("words", {
    searchField: "text",
    filterFields: ["tag", "other"],
  }),
  points: defineTable({ at: v.array(v.float64()), name: v.string(), tag: v.optional(v.string()) })
    .vectorIndex("near", { vectorField: "at", dimensions: 2, filterFields: ["tag"] })
    .vectorIndex("near_later", { vectorField: "at", dimensions: 3, staged: true } as never),
});
