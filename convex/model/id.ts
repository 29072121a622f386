/** Ids that a client chooses: of shapes, groups, changes and operations. */
import { refuse } from "./refuse";

export const ID = /^[A-Za-z0-9_-]{1,64}$/;
export const ID_LENGTH = 64;
export const ID_CHARACTERS = "1 to 64 of the characters A-Z a-z 0-9 _ -";

/** @throws ConvexError `invalid` */
export function checkId(id: string, field: string, index?: number): void {
  if (!ID.test(id)) refuse("invalid", `${field} must be ${ID_CHARACTERS}.`, { field, index, limit: ID_LENGTH });
}
