/** Turns uploaded objects into a file of a board. */
import { type Infer, v } from "convex/values";
import { oneLine } from "../../browser/text/line.ts";
import type { Id } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";
import { checkSha256 } from "./digest";
import { deleteStored, findByDigest, isStored, variantIn } from "./file";
import { checkQuotas, count, type Quotas } from "./quota";
import { spend } from "./rate";
import { refuse } from "./refuse";
import { hasRow } from "./stray";
import { UNPLACED_KEPT } from "./uses";

export const MAX_UPLOADS = 3; // objects of one picture
const MAX_NAME = 200; // characters

/** `person` is the sender's `tokenIdentifier`; `digest` is the SHA-256, in hex, of the original. */
export const upload = v.object({
  person: v.string(),
  digest: v.string(),
  name: v.string(),
  variants: v.array(variantIn),
});

/**
 * Writes an upload's rows, and returns the id of the new or existing file. @throws ConvexError `invalid`,
 * `storage_full`
 */
export async function keepUpload(
  ctx: MutationCtx,
  boardId: Id<"boards">,
  { person, digest, name, variants }: Infer<typeof upload>,
  quotas: Quotas,
): Promise<Id<"files">> {
  checkSha256(digest, "digest");
  const [full] = variants;
  if (full === undefined || variants.length > MAX_UPLOADS)
    refuse("invalid", `A file must have 1 to ${MAX_UPLOADS} variants.`, { field: "variants" });
  const known = await findByDigest(ctx, boardId, digest);
  if (known !== null) {
    // A repeated call names objects that the known file uses: keep those.
    for (const { storage } of variants) if (!(await hasRow(ctx, storage))) await deleteStored(ctx, storage);
    return known._id;
  }
  for (const variant of variants) {
    if (!(await isStored(ctx, variant)))
      refuse("invalid", "Each variant must be in file storage with the size and sha256 given here.", {
        field: "variants",
      });
  }
  const size = variants.reduce((sum, variant) => sum + variant.size, 0);
  await checkQuotas(ctx, boardId, person, size, quotas);
  await spend(ctx, "uploads", person);
  const { width, height } = full;
  const dueAt = Date.now() + UNPLACED_KEPT;
  const row = { boardId, person, digest, name: oneLine(name, MAX_NAME), width, height, size, dueAt };
  const fileId = await ctx.db.insert("files", row);
  for (const variant of variants) await ctx.db.insert("variants", { fileId, ...variant });
  await count(ctx, row, 1);
  return fileId;
}
