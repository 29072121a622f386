import htmx from "htmx.org";
import type { Page } from "../page.ts";

/** While the list is open it is fetched again at most this often, in ms. */
const AGAIN = 2_000;

/** The list of what is on the board: the server writes it when somebody opens it. @param go to a shape */
export function bindOutline(
  dialog: HTMLDialogElement,
  listing: HTMLElement,
  { board }: Page,
  go: (id: string) => Promise<void>,
) {
  // biome-ignore lint/correctness/noUnusedVariables: ??= reads it
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const ask = () => {
    waiting = undefined;
    if (dialog.open) htmx.trigger(listing, "open");
  };
  dialog.addEventListener("open", ({ target }) => target === dialog && htmx.trigger(listing, "open"));
  board.shapes.onChange(() => {
    if (dialog.open) waiting ??= setTimeout(ask, AGAIN);
  });
  bindLinks(dialog, go);
}

/** A link to a shape closes the dialog and goes there. */
export function bindLinks(dialog: HTMLDialogElement, go: (id: string) => Promise<void>) {
  dialog.addEventListener("click", (event) => {
    const link = (event.target as Element).closest("a[data-shape-id]") as HTMLAnchorElement | null;
    if (!link) return;
    event.preventDefault();
    dialog.close();
    void go(link.dataset.shapeId ?? "");
  });
}
