// @ts-check
import { onKey } from "./keydown.js";

// A name that turns into a field. Inside [data-renaming]: [data-title] shows it, the form sends it, [data-rename] starts.

/** What each title said before the form was sent. @type {WeakMap<HTMLElement, string>} */
const before = new WeakMap();

/** @param {Element | null} inside */
export function startRenaming(inside) {
  const parts = partsOf(inside);
  if (!parts) return;
  parts.input.value = parts.title.textContent ?? "";
  show(parts, true);
  parts.input.focus();
  parts.input.select();
}

/** @typedef {{ title: HTMLElement, form: HTMLFormElement, input: HTMLInputElement }} Parts */

/** @param {Element | null} inside @returns {Parts | null} */
function partsOf(inside) {
  const scope = inside?.closest("[data-renaming]");
  const title = /** @type {HTMLElement | null | undefined} */ (scope?.querySelector("[data-title]"));
  const form = scope?.querySelector("form");
  const input = form?.querySelector("input");
  return title && form && input ? { title, form, input } : null;
}

/** @param {Parts} parts @param {boolean} editing */
function show({ title, form }, editing) {
  form.hidden = !editing;
  title.hidden = editing;
}

document.addEventListener("click", (event) => {
  const target = /** @type {Element} */ (event.target);
  const button = target.closest("[data-rename]");
  if (!button) return;
  /** @type {HTMLElement | null} */ (button.closest("[popover]"))?.hidePopover();
  startRenaming(button);
});

onKey(document, (event) => {
  const parts = partsOf(/** @type {Element} */ (event.target));
  if (!parts || event.target !== parts.input) return;
  if (event.key === "Escape") show(parts, false);
  else if (event.key === "Enter") finish(parts, event);
});

document.addEventListener("focusout", (event) => {
  const parts = partsOf(/** @type {Element} */ (event.target));
  if (parts && event.target === parts.input && !parts.form.hidden) finish(parts, event);
});

/** The page shows the new name at once; the server may still refuse it. @param {Parts} parts @param {Event} event */
function finish(parts, event) {
  event.preventDefault();
  const name = parts.input.value.trim();
  const shown = parts.title.textContent ?? "";
  show(parts, false);
  if (!name || name === shown) return;
  parts.input.value = name;
  before.set(parts.title, shown);
  parts.title.textContent = name;
  parts.form.requestSubmit();
}

document.addEventListener("htmx:finally:request", (event) => {
  const { ctx } = /** @type {CustomEvent} */ (event).detail;
  const parts = partsOf(ctx.sourceElement);
  if (!parts || ctx.sourceElement !== parts.form || ctx.response?.status < 400) return;
  parts.title.textContent = before.get(parts.title) ?? parts.title.textContent;
});
