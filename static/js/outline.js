// @ts-check
import htmx from "htmx.org";

/** @import { Editor } from "./editor.js" */

/** While it is open the list is asked for again at most this often, in ms. */
const AGAIN = 2_000;

/** What a link of the list says after the address of the board. */
const HASH = "#shape=";

/** The list of what is on the board: the server writes it when somebody opens it. @param {HTMLDialogElement} dialog @param {HTMLElement} listing @param {Editor} editor */
export function bindOutline(dialog, listing, editor) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  const ask = () => {
    waiting = undefined;
    if (dialog.open) htmx.trigger(listing, "open");
  };
  dialog.addEventListener("open", ({ target }) => target === dialog && htmx.trigger(listing, "open"));
  editor.shapes.onChange(() => {
    if (dialog.open) waiting ??= setTimeout(ask, AGAIN);
  });
  listing.addEventListener("click", (event) => {
    const link = /** @type {HTMLAnchorElement | null} */ (/** @type {Element} */ (event.target).closest("a[data-shape-id]"));
    if (!link) return;
    event.preventDefault();
    dialog.close();
    choose(editor, link.dataset.shapeId ?? "");
  });
  const asked = () => location.hash.startsWith(HASH) && choose(editor, location.hash.slice(HASH.length));
  addEventListener("hashchange", asked);
  queueMicrotask(asked); // once the page has its view
}

/** @param {Editor} editor @param {string} id */
function choose(editor, id) {
  if (!editor.shapes.get(id)) return;
  editor.tool("select");
  editor.selection.set([id]);
  editor.show([id]);
  document.getElementById("canvas")?.focus({ preventScroll: true });
}
