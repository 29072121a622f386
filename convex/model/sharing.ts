/** Who may do what on a board, as web processes watch it. */
import { type Infer, v } from "convex/values";
import type { Doc } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";
import { asksOf } from "./ask";
import { invitesOf } from "./invite";
import { membersOf } from "./member";
import { role, visibility } from "./role";
import { visitorsOf } from "./visitor";

export const sharing = v.object({
  title: v.string(),
  visibility,
  presenting: v.boolean(),
  embeddable: v.boolean(),
  template: v.boolean(),
  copyable: v.boolean(),
  historyOpen: v.boolean(),
  source: v.union(v.null(), v.id("boards")), // of a fork: people learn of it only if they may see it
  members: v.array(v.object({ user: v.string(), role, name: v.string() })),
  removed: v.array(v.string()),
  asking: v.array(v.object({ user: v.string(), name: v.string() })), // only the owner gets to see these
  invites: v.array(v.id("invites")), // so that this changes when an invitation is made or ends
});

export async function sharingOf(ctx: QueryCtx, board: Doc<"boards">): Promise<Infer<typeof sharing>> {
  const people = (await membersOf(ctx, board._id)).map(async ({ userId, role }) => {
    const user = await ctx.db.get("users", userId);
    return user && { user: user.tokenIdentifier, role, name: user.name };
  });
  const { title, visibility } = board;
  const { presenting = false, embeddable = false, template = false, copyable = false, historyOpen = false } = board;
  const source = board.source ?? null;
  const set = { title, visibility, presenting, embeddable, template, copyable, historyOpen, source };
  const members = (await Promise.all(people)).filter((member) => member !== null);
  const marks = (await visitorsOf(ctx, board._id, true)).map(({ userId }) => ctx.db.get("users", userId));
  const removed = (await Promise.all(marks)).flatMap((user) => user?.tokenIdentifier ?? []);
  const askers = (await asksOf(ctx, board._id)).map(({ userId }) => ctx.db.get("users", userId));
  const asking = (await Promise.all(askers)).flatMap((user) =>
    user ? [{ user: user.tokenIdentifier, name: user.name }] : [],
  );
  const invites = (await invitesOf(ctx, board._id)).map(({ _id }) => _id);
  return { ...set, members, removed, asking, invites };
}
