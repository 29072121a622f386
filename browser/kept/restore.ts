import type { Board } from "../board.ts";
import { fitted } from "../kinds/fitting.ts";
import { startRenaming } from "../site/rename.ts";
import { toast } from "../site/toast.ts";
import { merged } from "../text/merge.ts";
import type { Work } from "./unfinished.ts";
import { asShapes } from "./unfinished.ts";

/** Puts on the board what this person was making when a page died, as one change. What no longer fits there is set aside. */
export function restore(board: Board, { shapes, writings, title }: Work) {
  const put = shapes.filter(({ id }) => !board.shapes.has(id)); // else it came through just before
  if (!board.mayEdit)
    return board.setAside("You can only view this board now.", asShapes({ shapes: put, writings, title }));
  const patch: Record<string, object> = {};
  for (const { shape, before, field = "text" } of writings) {
    const now = board.shapes.get(shape.id);
    const [words, said] = [shape, now].map((one) => (one as any)?.[field]);
    if (said === words) continue;
    // What others have written there since stays.
    if (now && field === "text")
      patch[shape.id] = { ...fitted(now, { text: merged(before, said, words) }), text: words, base: before };
    else if (now && said === before) patch[shape.id] = { alt: words };
    else
      board.setAside(
        now ? "The description has been changed since you wrote this." : "What you were writing in was removed.",
        [shape],
      );
  }
  board.commit({ put, patch });
  if (put.length || Object.keys(patch).length)
    toast("info", "What you were making when the page closed is on the board.");
  if (title) startRenaming(document.querySelector(".naming > #title"), title);
}
