import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";

export default defineSchema({
  things: defineTable({ group: v.string(), n: v.number(), label: v.optional(v.string()) }).index("by_group", [
    "group",
    "n",
  ]),
  scores: defineTable({ game: v.string(), player: v.string(), score: v.number() }),
  events: defineTable({ topic: v.string(), text: v.string() }).index("by_topic", ["topic"]),
  books: defineTable({ title: v.string() }),
});
