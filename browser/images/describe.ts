import type { Board } from "../board.ts";
import { Listeners } from "../ground/listeners.ts";
import { openDialog } from "../site/dialogs.ts";
import { clean } from "../text/clean.ts";
import type { Image } from "../types/shape.ts";

/** The description of a picture as somebody writes it, null when that ends. */
export const describing: Listeners<[Image | null, string?]> = new Listeners();

/** Asks for the description of a picture, for people who cannot see it. */
export function describe(board: Board, shape: Image) {
  const dialog = document.getElementById("describe") as HTMLDialogElement | null;
  const text = dialog?.querySelector("textarea");
  if (!dialog || !text) return;
  text.value = shape.alt;
  text.oninput = () => describing.tell(shape, clean(text.value).trim());
  dialog.addEventListener(
    "close",
    () => {
      setTimeout(() => describing.tell(null)); // a change of it is in the outbox before that
      const alt = clean(text.value).trim();
      if (dialog.returnValue !== "keep" || alt === shape.alt) return;
      if (!board.mayEdit) board.setAside("You can only view this board now.", [{ ...shape, alt }]);
      else if (!board.shapes.has(shape.id))
        board.setAside("Somebody has removed the picture that you described.", [{ ...shape, alt }]);
      else board.commit({ patch: { [shape.id]: { alt, base: shape.alt } } });
    },
    { once: true },
  );
  dialog.returnValue = "";
  openDialog("describe");
}

/** What is typed there stays nowhere. */
export function endDescribing() {
  const dialog = document.getElementById("describe") as HTMLDialogElement | null;
  if (!dialog?.open) return;
  dialog.returnValue = "";
  dialog.close();
}
