/** The shapes of boards and the log of their changes. The one log gives the live feed, undo, history and authors. */
import { defineTable } from "convex/server";
import { v } from "convex/values";
import { opFields } from "../model/op";
import { shapeWith } from "../model/shape";

export const drawingTables = {
  /**
   * One document for each shape. A removed shape keeps its document: only undo brings it back. `ts` is the commit that
   * last touched the shape. `source` is the changeId that made the shape's present state: see model/revert.ts.
   */
  shapes: defineTable(
    shapeWith({
      boardId: v.id("boards"),
      shapeId: v.string(),
      author: v.id("users"),
      ts: v.commitTs(),
      source: v.string(),
      removed: v.boolean(),
    }),
  )
    .index("by_board_and_shape", ["boardId", "shapeId"])
    .index("by_board_and_removed", ["boardId", "removed"])
    .index("by_board_and_z", ["boardId", "z"]),

  /**
   * The append-only log: one row for each mutation, however many shapes it touches. Convex assigns `ts` at commit, so
   * rows are in the order of commits and two appends never conflict. A gesture that exceeds the limits of one change
   * becomes several rows, and each `continues` the one before. `kept` names the shapes of which an undo left something
   * as it was. A row that `clears` is "Clear the board" or a part of it: see model/unclear.ts. For an
   * undo's `change` and `next` see model/history.ts.
   */
  changes: defineTable({
    boardId: v.id("boards"),
    changeId: v.string(),
    author: v.id("users"),
    digest: v.string(),
    ops: v.array(v.union(...opFields)),
    undoes: v.optional(v.string()),
    continues: v.optional(v.string()),
    clears: v.optional(v.boolean()),
    brings: v.optional(v.string()), // the change that cleared what this one brings back
    takesFrom: v.optional(v.id("users")), // whose work it takes back, as the owner: see model/takeback.ts
    restoresTo: v.optional(v.int64()), // the ts of the moment to which it restores the board, or some shapes
    redo: v.optional(v.boolean()),
    kept: v.optional(v.array(v.string())),
    change: v.optional(v.union(v.id("changes"), v.null())),
    next: v.optional(v.union(v.id("changes"), v.null())),
    ts: v.commitTs(),
  })
    .index("by_board_and_change", ["boardId", "changeId"])
    .index("by_board_and_ts", ["boardId", "ts"])
    .index("by_board_and_author_and_ts", ["boardId", "author", "ts"]),

  /**
   * The rows that a person's next undo and redo on a board take back, as of the last undo or redo: see
   * model/history.ts.
   */
  histories: defineTable({
    boardId: v.id("boards"),
    author: v.id("users"),
    undo: v.union(v.id("changes"), v.null()),
    redo: v.union(v.id("changes"), v.null()),
    ts: v.commitTs(),
  }).index("by_board_and_author", ["boardId", "author"]),

  /**
   * What is written on boards, for the search over all boards of a person: see model/writing.ts. One row for each live
   * shape that says something. `words` are without case and accents. `creator` is the board's.
   */
  writings: defineTable({ boardId: v.id("boards"), shapeId: v.string(), creator: v.id("users"), words: v.string() })
    .index("by_board_and_shape", ["boardId", "shapeId"])
    .searchIndex("search_words", { searchField: "words", filterFields: ["creator"] }),

  /** 64 rows of a board share its count of live shapes, so that two people who draw seldom write the same row. */
  counters: defineTable({
    boardId: v.id("boards"),
    slot: v.number(),
    shapes: v.number(),
    at: v.number(), // ms since the epoch
  })
    .index("by_board_and_slot", ["boardId", "slot"])
    .index("by_board_and_at", ["boardId", "at"]),
};
