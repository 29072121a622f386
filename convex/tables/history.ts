/** How people look back at a board. */
import { defineTable } from "convex/server";
import { v } from "convex/values";
import { deeds } from "../model/deed";

export const historyTables = {
  /**
   * The log as people would tell it: what one person did without a pause of ten minutes. Drawing does not write here.
   * Whoever opens the history has the rows since `gathered` added: see model/gather.ts. `from` and `to` are the ts of
   * the first and last row. The last sitting of a person has `touched`, so that a shape that is moved twice counts once.
   */
  sittings: defineTable({
    boardId: v.id("boards"),
    author: v.id("users"),
    from: v.int64(),
    to: v.int64(),
    changes: v.number(),
    deeds,
    touched: v.array(v.string()),
  })
    .index("by_board_and_to", ["boardId", "to"])
    .index("by_board_and_author_and_to", ["boardId", "author", "to"]),

  /** The ts up to which `sittings` has the log of a board. `goesOn`: since `at`, in ms, a job adds more. */
  gathered: defineTable({ boardId: v.id("boards"), ts: v.int64(), at: v.number(), goesOn: v.boolean() }).index(
    "by_board",
    ["boardId"],
  ),

  /** Moments with a name, such as "Before the workshop". */
  versions: defineTable({ boardId: v.id("boards"), ts: v.int64(), name: v.string(), author: v.id("users") }).index(
    "by_board_and_ts",
    ["boardId", "ts"],
  ),
};
