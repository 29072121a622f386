/** Names of people and files. browser/text/line.ts has the rules. */
import { oneLine } from "../../browser/text/line.ts";

const MAX_NAME = 60; // characters, the same as in app/text.py
const MAX_PICTURE = 500; // characters of an address

/** Empty if no visible character is left. */
export const cleanName = (name: string | undefined): string => oneLine(name ?? "", MAX_NAME);

export function cleanPicture(url: string | undefined): string | undefined {
  return url?.startsWith("https://") && url.length <= MAX_PICTURE ? oneLine(url) : undefined;
}
