// A hot document: every call reads what every call writes.
import { v } from "convex/values";
import { mutation } from "./_generated/server";

export const bump = mutation({
  args: { id: v.id("values") },
  handler: async (ctx, { id }) => {
    const { value } = (await ctx.db.get(id))!;
    await ctx.db.patch(id, { value: (value as number) + 1 });
  },
});

/** Reads a range into which it then writes. */
export const number = mutation({
  args: { room: v.string() },
  handler: async (ctx, { room }) => {
    const last = await ctx.db
      .query("notes")
      .withIndex("by_room_and_n", (q) => q.eq("room", room))
      .order("desc")
      .first();
    await ctx.db.insert("notes", { room, body: "numbered", n: (last?.n ?? 0) + 1 });
  },
});
