// Dialogs, menus, and the keys that are the same on every page.
import { onKey } from "../ground/keydown.ts";
import { matches } from "../ground/keystroke.ts";
import { edits } from "../ground/role.ts";
import { startRenaming } from "./rename.ts";
import { toggleTheme } from "./theme.ts";

/** The dialog gets the event `open` first, to be filled. */
export function openDialog(id: string) {
  const dialog = document.getElementById(id);
  if (!(dialog instanceof HTMLDialogElement) || dialog.open) return;
  dialog.dispatchEvent(new Event("open"));
  dialog.showModal();
}

/** Where the last press began. */
let pressed: EventTarget | null = null;
addEventListener("pointerdown", (event) => (pressed = event.target), true);

document.addEventListener("click", (event) => {
  const target = event.target as HTMLElement;
  const opener = target.closest("[data-dialog]") as HTMLElement | null;
  if (opener) {
    (opener.closest("[popover]") as HTMLElement | null)?.hidePopover();
    openDialog(opener.dataset.dialog ?? "");
  }
  if (target.closest("[data-close]")) target.closest("dialog")?.close();
  // The backdrop; but a press that began in the dialog, on its text say, is none beside it.
  if (target instanceof HTMLDialogElement && target === pressed && target.classList.contains("dialog")) target.close();
  if (target.id === "title" && edits(document.body.dataset.role)) startRenaming(target);
});

onKey(document, (event) => {
  const target = event.target as Element;
  if (event.defaultPrevented || target.closest("input, textarea, select, [contenteditable], dialog[open]")) return;
  if (matches(event, "Alt+Shift+D")) {
    event.preventDefault();
    toggleTheme();
  }
});

onKey(globalThis, (event) => event.key === "Tab" && document.documentElement.setAttribute("data-tabbing", ""));
addEventListener("pointerdown", () => document.documentElement.removeAttribute("data-tabbing"));

// Arrows walk along the toolbar, as well as Tab does.
const toolbar = document.querySelector("[role=toolbar]");
if (toolbar)
  onKey(toolbar, (event) => {
    const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (!step) return;
    const buttons: HTMLElement[] = [...toolbar.querySelectorAll("button")].filter((button) => button.checkVisibility());
    const here = buttons.indexOf(document.activeElement as HTMLElement);
    buttons.at((here + step) % buttons.length)?.focus();
  });

// A menu that belongs to a card opens at its button, inside the window.
document.addEventListener(
  "toggle",
  (event) => {
    const menu = (event.target as Element).closest<HTMLElement>("[data-near]"); // or what unfolds in it
    if (!menu?.matches(":popover-open")) return;
    const button = document.querySelector(`[popovertarget="${menu.id}"]`)?.getBoundingClientRect();
    if (!button) return;
    menu.style.setProperty("position-area", "none");
    menu.style.left = `${Math.max(8, button.right - menu.offsetWidth)}px`;
    menu.style.top = `${Math.min(button.bottom + 4, innerHeight - menu.offsetHeight - 8)}px`;
  },
  true,
);

// hx-confirm, asked by the page's own dialog.
document.addEventListener("htmx:confirm", (event) => {
  const { ctx, issueRequest, dropRequest } = (event as CustomEvent).detail;
  const dialog = document.getElementById("confirm");
  const question = dialog?.querySelector(".question");
  if (!ctx.confirm || !(dialog instanceof HTMLDialogElement) || !question) return;
  event.preventDefault();
  question.textContent = ctx.confirm;
  word(dialog, ctx.sourceElement.dataset);
  showFurther(dialog, ctx.sourceElement.dataset);
  dialog.returnValue = "";
  dialog.addEventListener(
    "close",
    () => {
      const { returnValue } = dialog;
      if (returnValue === "also") ctx.sourceElement.dispatchEvent(new CustomEvent("also", { bubbles: true }));
      if (returnValue === "yes" || returnValue === "also") issueRequest();
      else dropRequest();
    },
    { once: true },
  );
  (ctx.sourceElement.closest("[popover]") as HTMLElement | null)?.hidePopover();
  dialog.showModal();
});

/** A link to something that does more, `data-further` with its words and `-further-href`. */
function showFurther(dialog: Element, { further, furtherHref }: DOMStringMap) {
  const link = dialog.querySelector("a.further") as HTMLAnchorElement | null;
  if (!link) return;
  link.hidden = !further;
  link.textContent = further ?? "";
  link.href = furtherHref ?? "";
}

/** What the dialog said in the page, for deleting a board. */
const plain: Map<Element, string | null> = new Map();

/** Puts the element's own words on the dialog, `data-heading`, `-yes`, `-no` and `-also`, which is one more answer. */
function word(dialog: Element, { heading, yes, no, also }: DOMStringMap) {
  for (const [selector, text] of Object.entries({
    h2: heading,
    "[value=yes]": yes,
    "[value=no]": no,
    "[value=also]": also,
  })) {
    const element = dialog.querySelector(selector) as HTMLElement | null;
    if (!element) continue;
    if (!plain.has(element)) plain.set(element, element.textContent);
    element.textContent = text ?? plain.get(element) ?? "";
    if (selector === "[value=also]") element.hidden = !also;
  }
}
