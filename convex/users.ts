/** People, as they sign in. */
import { v } from "convex/values";
import { mutation } from "./_generated/server";
import { findUser, requireIdentity, requireUser } from "./model/access";
import { cleanName, cleanPicture } from "./model/name";
import { spend } from "./model/rate";

const DAY = 24 * 60 * 60 * 1000; // ms

/** Stores the caller, with the name that their token has now. Safe to repeat. */
export const store = mutation({
  args: {},
  returns: v.object({ id: v.id("users"), name: v.string() }),
  handler: async (ctx) => {
    const identity = await requireIdentity(ctx);
    const known = await findUser(ctx);
    const name = cleanName(identity.name) || known?.name || "Guest";
    const id = known?._id ?? (await requireUser(ctx));
    if (known && (known.name !== name || known.seenAt < Date.now() - DAY)) {
      await spend(ctx, "edits", id);
      await ctx.db.patch("users", id, { name, picture: cleanPicture(identity.pictureUrl), seenAt: Date.now() });
    }
    return { id, name };
  },
});
