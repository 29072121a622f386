import { limits } from "../kinds/declared.ts";
import type { Open } from "../page.ts";
import { open, words } from "../site/opening.ts";
import { toast } from "../site/toast.ts";

/**
 * Opens files on this board.
 * @param url of the board
 * @param arrived the server has put a file on the board, as this change
 */
export function opener(url: string, arrived: (changeId: string, ts: string) => void): Open {
  return async (file, place) => {
    const [x, y] = place.map((value) => Math.min(limits.coordinate, Math.max(-limits.coordinate, Math.round(value))));
    const answer = await open(`${url}/import`, file, { x: String(x), y: String(y) });
    if (!answer) return;
    arrived(answer.changeId, answer.ts);
    toast("info", words(file.name, answer));
  };
}
