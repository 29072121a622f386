import { limits } from "../kinds/declared.ts";
import type { Open } from "../page.ts";
import { ALIKE, open, words } from "../site/opening.ts";
import { toast } from "../site/toast.ts";

/**
 * Opens files on this board.
 * @param url of the board
 * @param arrived the server has put a file on the board, as this change
 */
export function opener(url: string, arrived: (changeId: string, ts: string) => void): Open {
  return async (file, place, instead) => {
    const [x, y] = place.map((value) => Math.min(limits.coordinate, Math.max(-limits.coordinate, Math.round(value))));
    const fields = { x: String(x), y: String(y), ...(instead && ALIKE) };
    const answer = await open(`${url}/import`, file, fields);
    if (!answer) return false;
    if (answer === "cancelled") return true;
    arrived(answer.changeId, answer.ts);
    toast("info", words(file.name, answer), instead && { text: instead.text, run: () => instead.run(answer.top) });
    return true;
  };
}
