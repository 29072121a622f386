/** Logins, ended sessions, processed webhooks, guests' keys and offers. Times are in ms since the epoch. */
import { defineTable } from "convex/server";
import { v } from "convex/values";

export const HOOKS_KEPT = 7 * 24 * 60 * 60 * 1000; // ms; Svix gives up after less than two days

/** Where a guest's key is kept: by a browser, or in a link that the guest saves. */
export const guestKeyKind = v.union(v.literal("browser"), v.literal("link"));

export const sessionTables = {
  /** Sign-ins by OIDC: `key` is the hash of the cookie, `sealed` the tokens, encrypted by the web process. */
  logins: defineTable({
    key: v.string(),
    sealed: v.string(),
    version: v.number(),
    refreshingAt: v.number(),
    expiresAt: v.number(),
  })
    .index("by_key", ["key"])
    .index("by_expiry", ["expiresAt"]),

  /** Sessions, and people (`issuer|subject`), that ended while their tokens are still valid. */
  ended: defineTable({ key: v.string(), at: v.number(), until: v.number() })
    .index("by_key", ["key"])
    .index("by_at", ["at"])
    .index("by_until", ["until"]),

  /**
   * `at` is the time of the newest webhook about a person, so that an older one which arrives later changes nothing.
   */
  profiles: defineTable({ tokenIdentifier: v.string(), at: v.number(), deleted: v.boolean() })
    .index("by_token_identifier", ["tokenIdentifier"])
    .index("by_deleted", ["deleted", "at"]),

  /** Webhooks that were processed: see clerk.ts. */
  hooks: defineTable({ hookId: v.string(), at: v.number() }).index("by_hook", ["hookId"]).index("by_at", ["at"]),

  /** Keys with which guests come back: `hash` is the SHA-256 of the key, `subject` the guest. */
  guestKeys: defineTable({ hash: v.string(), subject: v.string(), kind: guestKeyKind })
    .index("by_hash", ["hash"])
    .index("by_subject_and_kind", ["subject", "kind"]),

  /** Offers of guests to move their boards to an account: see claims.ts. `hash` is the SHA-256 of a one-time secret. */
  claims: defineTable({ hash: v.string(), guest: v.id("users"), expiresAt: v.number() })
    .index("by_hash", ["hash"])
    .index("by_guest", ["guest"])
    .index("by_expiry", ["expiresAt"]),
};
