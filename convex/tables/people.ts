/** People, and the requests that they sent. Times are in ms since the epoch. */
import { defineTable } from "convex/server";
import { v } from "convex/values";

export const peopleTables = {
  /**
   * `tokenIdentifier` is `issuer|subject`. `seenAt` changes at most once a day, since each write wakes readers. Whoever
   * is `listed` has a card for each of their boards: see cards.ts.
   */
  users: defineTable({
    tokenIdentifier: v.string(),
    name: v.string(),
    picture: v.optional(v.string()),
    seenAt: v.number(),
    listed: v.optional(v.boolean()),
  }).index("by_token_identifier", ["tokenIdentifier"]),

  /**
   * What a person did in the time window that `ends` then. `of` is the kind of request and the person: see
   * model/rate.ts.
   */
  rates: defineTable({
    of: v.string(),
    slot: v.number(),
    used: v.number(),
    bytes: v.number(),
    ends: v.number(),
  })
    .index("by_of", ["of", "slot"])
    .index("by_ends", ["ends"]),

  /**
   * Ids of mutations that ran, with their answers, so that a repeated request has one effect. Changes are in the log.
   */
  operations: defineTable({
    userId: v.id("users"),
    operationId: v.string(),
    digest: v.optional(v.string()), // of the function and its arguments
    answer: v.optional(v.string()),
  }).index("by_user_and_operation", ["userId", "operationId"]),
};
