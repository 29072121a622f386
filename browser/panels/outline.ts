import htmx from "htmx.org";
import { focusBoard } from "../ground/focus.ts";
import type { Page } from "../page.ts";

/** While the list is open it is fetched again at most this often, in ms. */
const AGAIN = 2_000;

/** What a link of the list says after the address of the board. */
const HASH = "#shape=";

/** The list of what is on the board: the server writes it when somebody opens it. */
export function bindOutline(dialog: HTMLDialogElement, listing: HTMLElement, page: Page) {
  // biome-ignore lint/correctness/noUnusedVariables: ??= reads it
  let waiting: ReturnType<typeof setTimeout> | undefined;
  const ask = () => {
    waiting = undefined;
    if (dialog.open) htmx.trigger(listing, "open");
  };
  dialog.addEventListener("open", ({ target }) => target === dialog && htmx.trigger(listing, "open"));
  page.board.shapes.onChange(() => {
    if (dialog.open) waiting ??= setTimeout(ask, AGAIN);
  });
  listing.addEventListener("click", (event) => {
    const link = (event.target as Element).closest("a[data-shape-id]") as HTMLAnchorElement | null;
    if (!link) return;
    event.preventDefault();
    dialog.close();
    choose(page, link.dataset.shapeId ?? "");
  });
  const asked = () => location.hash.startsWith(HASH) && choose(page, location.hash.slice(HASH.length));
  addEventListener("hashchange", asked);
  queueMicrotask(asked); // once the page has its view
}

function choose({ board, hand }: Page, id: string) {
  if (!board.shapes.get(id)) return;
  hand.tool("select");
  board.selection.set([id]);
  board.show([id]);
  focusBoard();
}
