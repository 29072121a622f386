/** Tables of sessions: logins, ended sessions, processed webhooks, guests' keys and offers. */
import { defineTable } from "convex/server";
import { v } from "convex/values";

export const HOOKS_KEPT = 7 * 24 * 60 * 60 * 1000; // ms; Svix gives up after less than two days

/** Where a key by which a guest comes back is: kept by a browser, or in a link that the guest keeps. */
export const guestKeyKind = v.union(v.literal("browser"), v.literal("link"));

export const sessionTables = {
  /** Sign-ins by OIDC: `key` is the hash of the cookie, `sealed` the tokens, encrypted by the web process. Times in ms. */
  logins: defineTable({
    key: v.string(),
    sealed: v.string(),
    version: v.number(),
    refreshingAt: v.number(),
    expiresAt: v.number(),
  })
    .index("by_key", ["key"])
    .index("by_expiry", ["expiresAt"]),

  /** Sessions, and people (`issuer|subject`), that are over before their tokens are. */
  ended: defineTable({ key: v.string(), at: v.number(), until: v.number() })
    .index("by_key", ["key"])
    .index("by_at", ["at"])
    .index("by_until", ["until"]),

  /** The newest `at` that a webhook told of a person, so that an older one told later changes nothing. */
  profiles: defineTable({ tokenIdentifier: v.string(), at: v.number(), deleted: v.boolean() })
    .index("by_token_identifier", ["tokenIdentifier"])
    .index("by_deleted", ["deleted", "at"]),

  /** Webhooks that had their effect. */
  hooks: defineTable({ hookId: v.string(), at: v.number() }).index("by_hook", ["hookId"]).index("by_at", ["at"]),

  /** Keys by which guests come back: `hash` is the SHA-256 of the key, `subject` the guest. */
  guestKeys: defineTable({ hash: v.string(), subject: v.string(), kind: guestKeyKind })
    .index("by_hash", ["hash"])
    .index("by_subject_and_kind", ["subject", "kind"]),

  /** Guests who go on with an account. `hash` is the SHA-256 of a one-time secret. */
  claims: defineTable({ hash: v.string(), guest: v.id("users"), expiresAt: v.number() })
    .index("by_hash", ["hash"])
    .index("by_guest", ["guest"])
    .index("by_expiry", ["expiresAt"]),
};
