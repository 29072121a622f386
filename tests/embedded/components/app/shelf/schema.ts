import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";

export default defineSchema({
  books: defineTable({
    title: v.string(),
    about: v.string(),
    vector: v.optional(v.array(v.number())),
    cover: v.optional(v.id("_storage")),
  })
    .index("by_title", ["title"])
    .searchIndex("search_about", { searchField: "about" })
    .vectorIndex("by_vector", { vectorField: "vector", dimensions: 2 }),
});
