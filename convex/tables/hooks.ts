/** Incoming hooks, and where the shapes of their boards lie. */
import { defineTable } from "convex/server";
import { v } from "convex/values";

export const hookTables = {
  /**
   * Addresses to which other programs send notes. `hash` is the SHA-256 of the secret in the address; a revoked hook has
   * none. `user` is the author of its notes. `x` and `top` are where the column of notes stands that has room left.
   */
  boardHooks: defineTable({
    boardId: v.id("boards"),
    user: v.id("users"),
    name: v.string(),
    hash: v.optional(v.string()),
    uses: v.number(),
    usedAt: v.optional(v.number()),
    x: v.optional(v.number()),
    top: v.optional(v.number()),
  })
    .index("by_hash", ["hash"])
    .index("by_board_and_hash", ["boardId", "hash"]),

  /**
   * The box of each live shape of a board with hooks, in board px. The sides of a box of `level` n are at most 2^n px
   * long, and `column` is its left side in such steps: so an index finds what lies in an area. `title` is a frame's, to
   * compare.
   */
  plots: defineTable({
    boardId: v.id("boards"),
    shapeId: v.string(),
    level: v.number(),
    column: v.number(),
    left: v.number(),
    top: v.number(),
    right: v.number(),
    bottom: v.number(),
    title: v.optional(v.string()),
  })
    .index("by_board_and_shape", ["boardId", "shapeId"])
    .index("by_board_and_cell", ["boardId", "level", "column", "top"])
    .index("by_board_and_right", ["boardId", "right"])
    .index("by_board_and_title", ["boardId", "title"]),

  /** How far the plots of a board are: of its shapes up to `cursor`, and then of its log up to `ts`. */
  surveys: defineTable({
    boardId: v.id("boards"),
    stage: v.union(v.literal("clear"), v.literal("shapes"), v.literal("log")),
    cursor: v.union(v.string(), v.null()),
    ts: v.int64(),
  }).index("by_board", ["boardId"]),
};
