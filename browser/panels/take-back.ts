import htmx from "htmx.org";

/** Without a dialog, which only the owner's page has, the links are as good as they are. */
export type TakeBackDialog = HTMLDialogElement | null;

/**
 * Takes back what one person did, as the owner: any link to it opens the dialog, whose content the server writes.
 * @param done what was taken back is a change of one's own
 */
export function bindTakeBack(dialog: TakeBackDialog, done: () => void) {
  const taking = dialog?.querySelector("#taking");
  if (!dialog || !taking) return;
  let told = true;
  document.addEventListener("click", (event) => {
    const link = (event.target as Element).closest("a[data-taking]") as HTMLAnchorElement | null;
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    for (const open of document.querySelectorAll("dialog[open]") as NodeListOf<HTMLDialogElement>) open.close();
    taking.replaceChildren();
    dialog.showModal();
    told = false;
    void htmx.ajax("GET", link.href, { target: taking, swap: "innerHTML" });
  });
  document.addEventListener("htmx:after:swap", () => {
    const { taken } = (taking.querySelector("[data-taken]") as HTMLElement | null)?.dataset ?? {};
    if (told || taken === undefined) return;
    told = true;
    if (taken !== "0") done();
  });
}
