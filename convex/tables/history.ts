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

  /**
   * What one `user` did from `since` on, up to `until`, taken back by the owner; or without a user, what everybody did, to
   * restore the board, or some `shapes`: see model/takeback.ts. `batch` counts the batches that were done, `next` is where the next one begins, and `last` is the change that the last one made. The
   * numbers are of shapes. Of the shapes that others have changed since, `kept` has the first ones.
   */
  takebacks: defineTable({
    boardId: v.id("boards"),
    takebackId: v.string(),
    author: v.id("users"),
    owner: v.boolean(), // whether the author is the board's owner
    user: v.union(v.id("users"), v.null()),
    shapes: v.optional(v.array(v.string())),
    since: v.int64(),
    until: v.int64(),
    batch: v.number(),
    next: v.union(v.null(), v.object({ ts: v.int64(), ops: v.optional(v.number()) })), // null: it is done
    last: v.optional(v.string()),
    changes: v.number(),
    removed: v.number(),
    restored: v.number(),
    changed: v.number(),
    kept: v.array(v.string()),
  })
    .index("by_board_and_takeback", ["boardId", "takebackId"])
    .index("by_board_and_user", ["boardId", "user"]),
};
