/** Every table, its indexes, and why it is shaped so. Design: one log gives the live feed, undo, history and blame. */
import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";
import { variantIn } from "./model/file";
import { opFields } from "./model/op";
import { person } from "./model/presence";
import { givenRole, role, visibility } from "./model/role";
import { sessionTables } from "./model/session";
import { shapeWith } from "./model/shape";

export default defineSchema({
  /** People, keyed by `issuer|subject`. `seenAt` is ms since the epoch and moves at most once a day (it wakes readers). */
  users: defineTable({
    tokenIdentifier: v.string(),
    name: v.string(),
    picture: v.optional(v.string()),
    seenAt: v.number(),
  }).index("by_token_identifier", ["tokenIdentifier"]),

  /**
   * What changes rarely. Nothing that drawing touches lives here, so drawing wakes nobody who watches a title. While the
   * owner is `presenting`, everybody else looks on. A `removed` board is gone for everybody; purge.ts erases it some time
   * after `removedAt`, in ms, which boards deleted by earlier versions of Easel lack until then.
   */
  boards: defineTable({
    title: v.string(),
    owner: v.id("users"),
    visibility,
    presenting: v.optional(v.boolean()),
    removed: v.boolean(),
    removedAt: v.optional(v.number()),
  })
    .index("by_owner", ["owner"])
    .index("by_removed", ["removed", "removedAt"]),

  /** Who may do what. `title` is the board's, copied so that a search finds only boards that the searcher is on. */
  members: defineTable({
    boardId: v.id("boards"),
    userId: v.id("users"),
    role,
    title: v.string(),
  })
    .index("by_board_and_user", ["boardId", "userId"])
    .index("by_user", ["userId"])
    .searchIndex("search_title", { searchField: "title", filterFields: ["userId"] }),

  /**
   * Who came to a board by its link, and who was `removed` from it, who had the `role` before: see model/visitor.ts. `seenAt`
   * is in ms, to the hour.
   */
  visitors: defineTable({
    boardId: v.id("boards"),
    userId: v.id("users"),
    removed: v.boolean(),
    seenAt: v.number(),
    role: v.optional(givenRole),
  })
    .index("by_board_and_user", ["boardId", "userId"])
    .index("by_board_and_removed", ["boardId", "removed", "seenAt"])
    .index("by_user", ["userId"]),

  /** People who ask to be let in: see model/ask.ts. `expiresAt` in ms. */
  asks: defineTable({ boardId: v.id("boards"), userId: v.id("users"), dismissed: v.boolean(), expiresAt: v.number() })
    .index("by_board_and_user", ["boardId", "userId"])
    .index("by_user", ["userId"])
    .index("by_expiry", ["expiresAt"]),

  /** Links that put people on a board. `hash` is the SHA-256 of the token, which is nowhere kept; `expiresAt` in ms. */
  invites: defineTable({
    boardId: v.id("boards"),
    hash: v.string(),
    role: givenRole,
    expiresAt: v.number(),
    uses: v.number(),
    maxUses: v.optional(v.number()),
    createdBy: v.id("users"),
  })
    .index("by_hash", ["hash"])
    .index("by_board", ["boardId"])
    .index("by_expiry", ["expiresAt"]),

  /**
   * One document a shape, tombstones included: `removed` shapes come back by undo only. `ts` is the commit that last
   * touched it; `source` names the state that it is in: the changeId that made it, see model/revert.ts.
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
   * The append-only log: one row a mutation, however many shapes it touches. `ts` is commit-ordered and conflicts with
   * nobody. A gesture that is over the limits of one change is several rows: each `continues` the one before. `kept` are
   * shapes of which an undo left something as it is; for its `change` and `next` see model/history.ts.
   */
  changes: defineTable({
    boardId: v.id("boards"),
    changeId: v.string(),
    author: v.id("users"),
    digest: v.string(),
    ops: v.array(v.union(...opFields)),
    undoes: v.optional(v.string()),
    continues: v.optional(v.string()),
    redo: v.optional(v.boolean()),
    kept: v.optional(v.array(v.string())),
    change: v.optional(v.union(v.id("changes"), v.null())),
    next: v.optional(v.union(v.id("changes"), v.null())),
    ts: v.commitTs(),
  })
    .index("by_board_and_change", ["boardId", "changeId"])
    .index("by_board_and_ts", ["boardId", "ts"])
    .index("by_board_and_author_and_ts", ["boardId", "author", "ts"]),

  /** What somebody's next undo and redo on a board take back, as of their last one: see model/history.ts. */
  histories: defineTable({
    boardId: v.id("boards"),
    author: v.id("users"),
    undo: v.union(v.id("changes"), v.null()),
    redo: v.union(v.id("changes"), v.null()),
    ts: v.commitTs(),
  }).index("by_board_and_author", ["boardId", "author"]),

  /** 64 rows a board share the count of live shapes, so that two people drawing seldom meet. `at` is ms since the epoch. */
  counters: defineTable({
    boardId: v.id("boards"),
    slot: v.number(),
    shapes: v.number(),
    at: v.number(),
  })
    .index("by_board_and_slot", ["boardId", "slot"])
    .index("by_board_and_at", ["boardId", "at"]),

  /** What one person did in the window that `ends` then, in ms; `of` is the kind and the person: see model/rate.ts. */
  rates: defineTable({
    of: v.string(),
    slot: v.number(),
    used: v.number(),
    bytes: v.number(),
    ends: v.number(),
  })
    .index("by_of", ["of", "slot"])
    .index("by_ends", ["ends"]),

  /** Operation ids of mutations other than changes, with what was answered. */
  operations: defineTable({
    userId: v.id("users"),
    operationId: v.string(),
    digest: v.optional(v.string()), // of the function and its arguments
    answer: v.optional(v.string()),
  }).index("by_user_and_operation", ["userId", "operationId"]),

  /**
   * Pictures in file storage, one row each and board. `digest` is the SHA-256 of what was sent, `person` who sent it (a
   * tokenIdentifier); `size` counts all variants; at `dueAt`, in ms, files.ts looks whether it is still of use.
   */
  files: defineTable({
    boardId: v.id("boards"),
    person: v.string(),
    digest: v.string(),
    name: v.string(),
    width: v.number(),
    height: v.number(),
    size: v.number(),
    dueAt: v.number(),
  })
    .index("by_board", ["boardId"])
    .index("by_board_and_digest", ["boardId", "digest"])
    .index("by_person", ["person"])
    .index("by_due", ["dueAt"]),

  /** The stored objects of a file: in full and smaller. */
  variants: defineTable({ fileId: v.id("files"), ...variantIn.fields })
    .index("by_file", ["fileId"])
    .index("by_storage", ["storage"]),

  /** Which shapes show a file, or did. */
  uses: defineTable({ fileId: v.id("files"), shapeId: v.string() }).index("by_file_and_shape", ["fileId", "shapeId"]),

  /** What the files of a board (its id) or of a person (a tokenIdentifier) take. */
  usage: defineTable({ of: v.string(), bytes: v.number(), files: v.number() }).index("by_of", ["of"]),

  /** Who is where: one row a (board, web process), high churn, read by nothing else. Readers expire it by their own clock. */
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
   * What people do at this moment, for the other web processes: one row a (board, web process), replaced up to ten times a
   * second while two or more have the board open. `signs` is the web process's own JSON (app/hub/presence/awareness.py).
   */
  signals: defineTable({
    boardId: v.id("boards"),
    process: v.string(),
    signs: v.string(),
  }).index("by_board_and_process", ["boardId", "process"]),

  /** The newest drawing of a board in file storage, one a board: see snapshots.ts. `version` is of the code that drew it. */
  snapshots: defineTable({
    boardId: v.id("boards"),
    ts: v.int64(),
    version: v.string(),
    storage: v.id("_storage"),
  })
    .index("by_board", ["boardId"])
    .index("by_storage", ["storage"]),

  ...sessionTables,
});
