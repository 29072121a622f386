/** What the server refuses, in words for the person who did it: a validator's are for programs. Pure. */

/** An answer's `error` */
type Refusal = { code?: string; message?: string; field?: string; limit?: number | string };

const PLACE = ["x", "y", "w", "h", "points"];
const WORDS = ["text", "title", "name", "alt"];

/** A validator's words: "put[0].x: Input should be …", "width must be from 0.5 to 64.". */
const RAW =
  /^[\w.[\]-]+: |(Input|String|List|Tuple|Dictionary|Value|Field|Extra) (should|error|required|inputs)|^\w+ must be from |±/;

/** @param status of the answer */
export function explained(error: Refusal | undefined, status?: number) {
  if (!error?.message) return status ? `The server answered ${status}.` : "Something went wrong; that was not saved.";
  if (error.code !== "invalid") return error.message;
  if (!RAW.test(error.message)) return sentence(error.message);
  const field = error.field?.split(".").findLast((part) => /^[a-z]/i.test(part)) ?? "";
  if (PLACE.includes(field) && /±|less than|greater than|must be from/.test(error.message))
    return "That lies beyond the end of the board, 1,000,000 px from its middle; it was not saved.";
  if (!WORDS.includes(field)) return "That does not fit on a board; it was not saved.";
  return typeof error.limit === "number"
    ? `That is empty or too long, at most ${error.limit} characters; it was not saved.`
    : "That text has something in it that cannot be kept, or is too long; it was not saved.";
}

function sentence(words: string) {
  return `${words[0].toUpperCase()}${words.slice(1)}${/[.?!]$/.test(words) ? "" : "."}`;
}
