/** The author of a change, as people who may see the history of a board see them. */
import { type Infer, v } from "convex/values";
import type { Id } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";
import { sha256 } from "./digest";
import { GONE } from "./person";

const PERSON = 16; // characters of the hash, as in app/auth/viewer.py

/** `person` is the hash by which everybody on a board knows this person. It does not reveal the account. */
export const author = v.object({ user: v.id("users"), person: v.string(), name: v.string() });

/** Whoever has deleted their account has a neutral name. */
export async function authorOf(ctx: QueryCtx, id: Id<"users">): Promise<Infer<typeof author>> {
  const user = await ctx.db.get("users", id);
  const person = (await sha256(user?.tokenIdentifier ?? id)).slice(0, PERSON);
  return { user: id, person, name: user?.name ?? GONE };
}
