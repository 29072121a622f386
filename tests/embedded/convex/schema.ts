import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";

export default defineSchema({
  notes: defineTable({
    room: v.string(),
    body: v.string(),
    n: v.optional(v.number()),
    tags: v.optional(v.array(v.string())),
  })
    .index("by_room", ["room"])
    .index("by_room_and_n", ["room", "n"])
    .searchIndex("search_body", { searchField: "body", filterFields: ["room"] }),
  log: defineTable({ room: v.string(), text: v.string(), ts: v.commitTs() }).index("by_room_and_ts", ["room", "ts"]),
  points: defineTable({ vector: v.array(v.float64()), label: v.string() }).vectorIndex("by_vector", {
    vectorField: "vector",
    dimensions: 2,
    filterFields: ["label"],
  }),
  values: defineTable({ value: v.any(), label: v.optional(v.string()) }).index("by_value", ["value"]),
});
