import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";

export default defineSchema({
  lines: defineTable({ room: v.string(), text: v.string(), ts: v.commitTs() }).index("by_room_and_ts", ["room", "ts"]),
});
