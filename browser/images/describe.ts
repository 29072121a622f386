import type { Editor } from "../editor.ts";
import { openDialog } from "../site/dialogs.ts";
import { clean } from "../text/clean.ts";
import type { Image } from "../types.ts";

/** Asks what is to be seen on a picture, for those who do not see it. */
export function describe(editor: Editor, shape: Image) {
  const dialog = document.getElementById("describe") as HTMLDialogElement | null;
  const text = dialog?.querySelector("textarea");
  if (!dialog || !text) return;
  text.value = shape.alt;
  text.oninput = () => editor.describing(shape, clean(text.value).trim());
  dialog.addEventListener(
    "close",
    () => {
      setTimeout(() => editor.describing(null)); // a change of it is in the outbox before that
      const alt = clean(text.value).trim();
      if (dialog.returnValue !== "keep" || alt === shape.alt) return;
      if (!editor.mayEdit) editor.setAside("You may only look at this board now.", [{ ...shape, alt }]);
      else if (!editor.shapes.has(shape.id))
        editor.setAside("Somebody has removed the picture that you described.", [{ ...shape, alt }]);
      else editor.commit({ patch: { [shape.id]: { alt, base: shape.alt } } });
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
