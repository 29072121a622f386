// Calls that Convex refuses. messages.txt has its words for each.
import { actions } from "./actions.ts";
import { calls } from "./calls.ts";
import { ranges } from "./ranges.ts";
import { reads } from "./reads.ts";
import { writes } from "./writes.ts";

export type Cases = Record<string, (ctx: any) => unknown>;

export const CASES = {
  mutation: { writes, calls },
  query: { reads, ranges },
  action: { actions },
};
