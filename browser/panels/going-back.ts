import htmx from "htmx.org";
import { bindLinks } from "./outline.ts";

/** The dialogs, by what their links have; the server writes what is in them. */
const DIALOGS = { "take-back": "a[data-taking]", restore: "a[data-restoring]" };

/**
 * Takes back what one person did, and restores moments: any link to that opens its dialog. On a page without the dialog, which
 * some people's pages do not have, the link is as good as it is.
 * @param done that was a change of one's own
 * @param go to a shape
 */
export function bindGoingBack(done: () => void, go: (id: string) => Promise<void>) {
  for (const [id, links] of Object.entries(DIALOGS)) {
    const dialog = document.getElementById(id);
    const body = dialog?.querySelector(".body");
    if (!(dialog instanceof HTMLDialogElement) || !body) continue;
    bindLinks(dialog, go);
    let told = true;
    document.addEventListener("click", (event) => {
      const link = (event.target as Element).closest(links) as HTMLAnchorElement | null;
      if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      for (const open of document.querySelectorAll("dialog[open]") as NodeListOf<HTMLDialogElement>) open.close();
      body.replaceChildren();
      dialog.showModal();
      told = false;
      void htmx.ajax("GET", link.href, { target: body, swap: "innerHTML" });
    });
    document.addEventListener("htmx:after:swap", () => {
      const { gone } = (body.querySelector("[data-gone]") as HTMLElement | null)?.dataset ?? {};
      if (told || gone === undefined) return;
      told = true;
      if (gone !== "0") done();
    });
  }
}
