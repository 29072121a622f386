/** Merges words that two people change at the same time: it keeps what both have written. */
import { merged } from "../../browser/text/merge.ts";
import { checkText, mostOf, type Refuse } from "./check";
import type { Drawing, Patch } from "./kinds";

type Given = Patch & { base?: string };

/**
 * The fields, with text (or alt) merged from the stored and the given one if both differ from `base`. Without `base`
 * the last writer wins.
 * @throws ConvexError `invalid` if together they are too long
 */
export function reworded(drawing: Drawing, { base, ...fields }: Given, bad: Refuse): Patch {
  if (base === undefined) return fields;
  const name = fields.text === undefined ? "alt" : "text";
  const given = fields[name];
  if (given === undefined) bad("base", "base must come with text or alt, whose earlier value it is.");
  const stored = (drawing as Patch)[name];
  if (stored === undefined) return fields;
  const most = mostOf(name, drawing.kind);
  checkText(base, "base", bad, most);
  checkText(given, name, bad, most);
  const together = merged(base, stored, given);
  const length = [...together].length;
  if (length > most) {
    bad(name, `${name} must have at most ${most} characters: it has ${length} with what somebody else wrote.`, most);
  }
  return { ...fields, [name]: together };
}
