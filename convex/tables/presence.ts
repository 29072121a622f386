/** Who has a board open, and what they do there at this moment. These rows change often, so they live apart. */
import { defineTable } from "convex/server";
import { v } from "convex/values";
import { person } from "../model/presence";

export const presenceTables = {
  /** One row for each board and web process. Readers decide by their own clocks when a row is too old. */
  presence: defineTable({
    boardId: v.id("boards"),
    process: v.string(),
    people: v.array(person),
    watching: v.optional(v.number()),
    beat: v.number(),
    at: v.number(),
  })
    .index("by_board_and_process", ["boardId", "process"])
    .index("by_at", ["at"]),

  /**
   * What people do at this moment, for the other web processes. One row for each board and web process, replaced up to
   * ten times a second while two or more processes have the board open. `signs` is JSON of the web process
   * (app/hub/presence/awareness.py).
   */
  signals: defineTable({
    boardId: v.id("boards"),
    process: v.string(),
    signs: v.string(),
  }).index("by_board_and_process", ["boardId", "process"]),
};
