/** What people and files are called: see browser/text/line.ts, which has the rules. */
import { oneLine } from "../../browser/text/line.ts";

const MAX_NAME = 60; // characters, the same as in app/text.py
const MAX_PICTURE = 500; // characters of an address

/** Empty if nothing of it is to be seen. */
export const cleanName = (name: string | undefined): string => oneLine(name ?? "", MAX_NAME);

export function cleanPicture(url: string | undefined): string | undefined {
  return url?.startsWith("https://") && url.length <= MAX_PICTURE ? oneLine(url) : undefined;
}
