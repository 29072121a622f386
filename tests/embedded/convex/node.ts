"use node";
import { createHash } from "node:crypto";
import { v } from "convex/values";
import { action } from "./_generated/server";

export const hash = action({
  args: { text: v.string() },
  handler: async (_ctx, { text }) => createHash("md5").update(text).digest("hex"),
});

/** Fails where nobody catches it. */
export const escapes = action({
  args: { how: v.string() },
  handler: async (_ctx, { how }): Promise<void> => {
    if (how === "rejection") void Promise.reject(new Error("from a promise"));
    if (how === "later") setTimeout(fall, 20);
    else setTimeout(fall, 1);
    if (how !== "later") await new Promise(() => {});
  },
});

function fall(): never {
  throw new TypeError("from a timer");
}

/** Another number in each thread. */
export const thread = action({ args: {}, handler: async (): Promise<number> => started });
const started = Math.random();
