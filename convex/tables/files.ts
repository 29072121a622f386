/** Whatever is in file storage: pictures, snapshots and checkpoints of boards, and thumbnails. */
import { defineTable } from "convex/server";
import { v } from "convex/values";
import { variantIn } from "../model/file";
import { theme } from "../model/thumbnail";

export const fileTables = {
  /**
   * One row for each picture and board. `digest` is the SHA-256 of the original, `person` the sender's tokenIdentifier,
   * `size` the bytes of all variants. At `dueAt` (ms since the epoch) files.ts checks whether anything uses the file.
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

  /** The stored objects of a picture: full size, and smaller ones. */
  variants: defineTable({ fileId: v.id("files"), ...variantIn.fields })
    .index("by_file", ["fileId"])
    .index("by_storage", ["storage"]),

  /** The shapes that show a file, or once did. */
  uses: defineTable({ fileId: v.id("files"), shapeId: v.string() }).index("by_file_and_shape", ["fileId", "shapeId"]),

  /** The total of a board's files (`of` is its id), or of a person's (`of` is a tokenIdentifier). */
  usage: defineTable({ of: v.string(), bytes: v.number(), files: v.number() }).index("by_of", ["of"]),

  /** The newest stored drawing of each board: see snapshots.ts. `version` is the version of the code that drew it. */
  snapshots: defineTable({
    boardId: v.id("boards"),
    ts: v.int64(),
    version: v.string(),
    storage: v.id("_storage"),
  })
    .index("by_board", ["boardId"])
    .index("by_storage", ["storage"]),

  /**
   * Boards as they were at some moments: see checkpoints.ts. A checkpoint has what came of the first `changes` rows of
   * the log, up to `ts`. `size` is in bytes, `format` the version of its form.
   */
  checkpoints: defineTable({
    boardId: v.id("boards"),
    ts: v.int64(),
    changes: v.number(),
    size: v.number(),
    format: v.number(),
    storage: v.id("_storage"),
  })
    .index("by_board_and_ts", ["boardId", "ts"])
    .index("by_storage", ["storage"]),

  /**
   * A small picture of each board in each theme, as of `ts`, made at `at` (ms since the epoch) by this version of the code:
   * see thumbnails.ts.
   */
  thumbnails: defineTable({
    boardId: v.id("boards"),
    theme,
    ts: v.int64(),
    at: v.number(),
    version: v.optional(v.string()), // those of earlier versions of Easel have none
    storage: v.id("_storage"),
  })
    .index("by_board_and_theme", ["boardId", "theme"])
    .index("by_storage", ["storage"]),

  /**
   * The ZIP file of all boards of a person, a tokenIdentifier: see archives.ts. The process that makes it reports at
   * `aliveAt`; at `endsAt` (ms since the epoch) the file is deleted.
   */
  archives: defineTable({
    person: v.string(),
    shared: v.boolean(),
    state: v.union(v.literal("working"), v.literal("ready"), v.literal("failed")),
    done: v.number(),
    total: v.number(),
    left: v.number(),
    aliveAt: v.number(),
    endsAt: v.number(),
    message: v.optional(v.string()),
    size: v.optional(v.number()),
    storage: v.optional(v.id("_storage")),
  })
    .index("by_person", ["person"])
    .index("by_state", ["state", "aliveAt"])
    .index("by_storage", ["storage"]),
};
