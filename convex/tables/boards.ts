/** Boards, and everybody who is on one or wants to be. Times are in ms since the epoch. */
import { defineTable } from "convex/server";
import { v } from "convex/values";
import { givenRole, role, visibility } from "../model/role";
import { timerState } from "../model/timer";

export const boardTables = {
  /**
   * The facts of a board that change rarely. While people draw, `editedAt` and `editedBy` change once a minute: see
   * edits.ts. Nothing else changes, so drawing wakes nobody who watches a title.
   * While the owner is `presenting`, everybody else is a viewer. Other sites may frame an `embeddable` board. People
   * who may only view a `copyable` one may fork it; the fork has it as `source`. Of a board with `historyOpen` they also
   * see how it was before. A `template` is listed to be copied, and
   * gives nobody access. A board with `trashedAt` is in its owner's trash, and for all other
   * functions there is no such board: see trash.ts. A `removed` board is gone for good; purge.ts erases it some time
   * after `removedAt`. Boards that an earlier version of Easel deleted have no `removedAt` until purge.ts sets it.
   */
  boards: defineTable({
    title: v.string(),
    owner: v.id("users"),
    visibility,
    presenting: v.optional(v.boolean()),
    embeddable: v.optional(v.boolean()),
    copyable: v.optional(v.boolean()),
    historyOpen: v.optional(v.boolean()),
    folding: v.optional(v.int64()), // see model/folded.ts, as for the next two
    folded: v.optional(v.int64()),
    stripped: v.optional(v.int64()), // so far the ops of rows are gone
    source: v.optional(v.id("boards")),
    template: v.optional(v.boolean()),
    creator: v.optional(v.id("users")), // the first owner, once there is a second one
    written: v.optional(v.boolean()), // whether `writings` has all of its texts: boards of earlier versions wait for it
    editedAt: v.optional(v.number()),
    editedBy: v.optional(v.id("users")),
    cleared: v.optional(v.string()), // the change that cleared it, or the last part of it that was not brought back
    trashedAt: v.optional(v.number()),
    removed: v.boolean(),
    removedAt: v.optional(v.number()),
  })
    .index("by_owner_and_trashed", ["owner", "removed", "trashedAt"])
    .index("by_trashed", ["removed", "trashedAt"])
    .index("by_written", ["written"])
    .index("by_removed", ["removed", "removedAt"]),

  /** The members of boards. Earlier versions of Easel have stored a `title` too. */
  members: defineTable({
    boardId: v.id("boards"),
    userId: v.id("users"),
    role,
    title: v.optional(v.string()),
  })
    .index("by_board_and_user", ["boardId", "userId"])
    .index("by_user", ["userId"]),

  /**
   * A board in the list of a member or visitor by link. `title`, `trashed`, `own`, `template` and `editedAt` are copies of
   * what the board has, so that indexes order and search the list of one person: see model/card.ts. What a card says of a board
   * is shown to people only after their role was checked. `openedAt` and `editedAt` are exact to the minute.
   */
  cards: defineTable({
    boardId: v.id("boards"),
    userId: v.id("users"),
    title: v.string(),
    own: v.boolean(),
    starred: v.boolean(),
    trashed: v.boolean(),
    template: v.optional(v.boolean()),
    openedAt: v.number(),
    editedAt: v.number(),
    creator: v.optional(v.id("users")), // the board's
    seen: v.optional(v.int64()), // the ts up to which this person has seen the board: see lastSeen.ts
    changed: v.optional(v.int64()), // the ts of the last change by somebody else, exact to the minute
  })
    .index("by_user_and_creator", ["userId", "creator"])
    .index("by_board_and_user", ["boardId", "userId"])
    .index("by_board_and_opened", ["boardId", "openedAt"])
    .index("by_opened", ["userId", "trashed", "openedAt"])
    .index("by_edited", ["userId", "trashed", "editedAt"])
    .index("by_title", ["userId", "trashed", "title"])
    .index("by_own_and_opened", ["userId", "trashed", "own", "openedAt"])
    .index("by_own_and_edited", ["userId", "trashed", "own", "editedAt"])
    .index("by_own_and_title", ["userId", "trashed", "own", "title"])
    .index("by_starred_and_opened", ["userId", "trashed", "starred", "openedAt"])
    .index("by_starred_and_edited", ["userId", "trashed", "starred", "editedAt"])
    .index("by_starred_and_title", ["userId", "trashed", "starred", "title"])
    .index("by_template_and_opened", ["userId", "trashed", "template", "openedAt"])
    .index("by_template_and_edited", ["userId", "trashed", "template", "editedAt"])
    .index("by_template_and_title", ["userId", "trashed", "template", "title"])
    .searchIndex("search_title", {
      searchField: "title",
      filterFields: ["userId", "trashed", "own", "starred", "template"],
    }),

  /**
   * Visitors by link, and people who were `removed`, with the `role` that they had: see model/visitor.ts. `seenAt` is
   * exact to the hour.
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

  /** Requests for access: see model/ask.ts. */
  asks: defineTable({ boardId: v.id("boards"), userId: v.id("users"), dismissed: v.boolean(), expiresAt: v.number() })
    .index("by_board_and_user", ["boardId", "userId"])
    .index("by_user", ["userId"])
    .index("by_expiry", ["expiresAt"]),

  /**
   * The timer of a board, which everybody there sees. It ends at `endsAt`, or has ended then; a paused one has `left` ms
   * to go. `job` ends it. See timers.ts.
   */
  timers: defineTable({
    boardId: v.id("boards"),
    state: timerState,
    seconds: v.number(),
    endsAt: v.number(),
    left: v.number(),
    job: v.optional(v.id("_scheduled_functions")),
  }).index("by_board", ["boardId"]),

  /** Links that add people to a board. `hash` is the SHA-256 of the token; the token itself is stored nowhere. */
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
};
