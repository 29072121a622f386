// A name that turns into a field. Inside [data-renaming]: [data-title] shows it, the form sends it, [data-rename] starts.

import { onKey } from "../ground/keydown.ts";
import { Listeners } from "../ground/listeners.ts";
import { oneLine } from "../text/line.ts";
import { toast } from "./toast.ts";

/** What a board's name is becoming while somebody types it, null when that ends, and in which form. */
export const naming: Listeners<[string | null, HTMLFormElement?]> = new Listeners();

/** By form: what the title said when the renaming began. */
const based: WeakMap<HTMLElement, string> = new WeakMap();

/** What each title said before the form was sent. */
const before: WeakMap<HTMLElement, string> = new WeakMap();

/** @param typed before @param before what the board was called then */
export function startRenaming(inside: Element | null, typed?: string, before?: string) {
  const parts = partsOf(inside);
  if (!parts) return;
  begin(parts, typed, before);
  parts.input.focus();
  parts.input.select();
}

/** The field with what was typed in it before, without the focus: the next click would send it. @param before what the board was called then */
export function offerRenaming(inside: Element | null, typed: string, before: string) {
  const parts = partsOf(inside);
  if (parts?.form.hidden) begin(parts, typed, before);
}

function begin(parts: Parts, typed?: string, before: string = parts.title.textContent ?? "") {
  parts.input.value = typed ?? before;
  based.set(parts.form, before);
  tell(parts);
  show(parts, true);
}

type Parts = { title: HTMLElement; form: HTMLFormElement; input: HTMLInputElement };

function partsOf(inside: Element | null): Parts | null {
  const scope = inside?.closest("[data-renaming]");
  const title = scope?.querySelector("[data-title]") as HTMLElement | null | undefined;
  const form = scope?.querySelector("form");
  const input = form?.querySelector("input");
  return title && form && input ? { title, form, input } : null;
}

/** The board may not be renamed any more: what is typed stays nowhere. */
export function endRenaming() {
  const parts = partsOf(document.querySelector(".naming > #title"));
  if (parts) show(parts, false);
  naming.tell(null, parts?.form);
}

function tell({ title, form, input }: Parts) {
  naming.tell(input.value.trim() === title.textContent ? null : input.value, form);
}

function show({ title, form }: Parts, editing: boolean) {
  form.hidden = !editing;
  title.hidden = editing;
}

document.addEventListener("click", (event) => {
  const target = event.target as Element;
  const button = target.closest("[data-rename]");
  if (!button) return;
  (button.closest("[popover]") as HTMLElement | null)?.hidePopover();
  startRenaming(button);
});

document.addEventListener("input", (event) => {
  const parts = partsOf(event.target as Element);
  if (parts && event.target === parts.input) tell(parts);
});

onKey(document, (event) => {
  const parts = partsOf(event.target as Element);
  if (!parts || event.target !== parts.input) return;
  if (event.key === "Escape") {
    show(parts, false);
    naming.tell(null, parts.form);
  } else if (event.key === "Enter") finish(parts, event);
});

document.addEventListener("focusout", (event) => {
  const parts = partsOf(event.target as Element);
  if (parts && event.target === parts.input && !parts.form.hidden) finish(parts, event);
});

/** The page shows the new name at once; the server may still refuse it. */
function finish(parts: Parts, event: Event) {
  event.preventDefault();
  const name = oneLine(parts.input.value);
  const shown = parts.title.textContent ?? "";
  show(parts, false);
  if (!name || name === shown) return naming.tell(null, parts.form);
  parts.input.value = name;
  before.set(parts.title, shown);
  parts.title.textContent = name;
  parts.form.setAttribute("hx-vals", JSON.stringify({ base: based.get(parts.form) ?? shown }));
  parts.form.requestSubmit();
}

document.addEventListener("htmx:finally:request", (event) => {
  const { ctx } = (event as CustomEvent).detail;
  const parts = partsOf(ctx.sourceElement);
  if (!parts || ctx.sourceElement !== parts.form) return;
  if (ctx.response?.status < 400) {
    const replaced = ctx.response.headers?.get("X-Easel-Replaced");
    if (replaced) sayReplaced(parts, decodeURIComponent(replaced));
    return naming.tell(null, parts.form);
  }
  parts.title.textContent = before.get(parts.title) ?? parts.title.textContent;
  // Nobody types it twice. Without the focus: the next click would send it again.
  if (!/^(viewer|commenter)$/.test(document.body.dataset.role ?? "")) show(parts, true);
});

/** Somebody else gave it another name meanwhile: the later name holds, and the other one is not lost. */
function sayReplaced(parts: Parts, name: string) {
  toast("info", `Somebody had just named this board “${name}”. Yours has taken its place.`, {
    text: "Use theirs",
    run: () => startRenaming(parts.title, name),
  });
}
