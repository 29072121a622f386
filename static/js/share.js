// @ts-check
// Sharing: links copied on plain http too, and a dialog that shows who may do what as it is now.
import htmx from "htmx";

const COPIED_MS = 2_000;

/** What a button said before it said "Copied". @type {WeakMap<Element, string>} */
const said = new WeakMap();

const dialog = /** @type {HTMLDialogElement | null} */ (document.getElementById("share-dialog"));
const link = /** @type {HTMLInputElement | null} */ (document.getElementById("share-link"));

document.getElementById("share")?.addEventListener("click", () => {
  if (link) link.value = location.origin + location.pathname;
  refresh();
  dialog?.showModal();
  document.getElementById("share-copy")?.focus();
});

document.addEventListener("click", async (event) => {
  const button = /** @type {Element} */ (event.target).closest("[data-copy]");
  const field = document.getElementById(/** @type {HTMLElement | null} */ (button)?.dataset.copy ?? "");
  const label = button?.querySelector("span");
  if (!label || !(field instanceof HTMLInputElement)) return;
  if (!said.has(label)) said.set(label, label.textContent ?? "");
  label.textContent = (await copied(field)) ? "Copied" : "Press Ctrl+C";
  setTimeout(() => (label.textContent = said.get(label) ?? ""), COPIED_MS);
});

/**
 * Puts a field's text on the clipboard. On http, which is not localhost, browsers have no async clipboard: the old command copies the selected field.
 * @param {HTMLInputElement} field @returns {Promise<boolean>} false: the field is selected, and the person has to press the keys
 */
async function copied(field) {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.focus();
    field.select();
    return document.execCommand("copy");
  }
}

/** Asks for the panel as it is now. */
function refresh() {
  const panel = document.getElementById("sharing");
  if (panel) htmx.trigger(panel, "open");
}

// Somebody came, left, or may do something else now: a dialog that is open shows it, unless its reader is choosing something,
// or has a new link before them that would be gone.
document.getElementById("stream")?.addEventListener("sharing", (event) => {
  const { visibility, presenting } = JSON.parse(/** @type {CustomEvent} */ (event).detail.data);
  document.body.dataset.visibility = visibility;
  document.body.toggleAttribute("data-presenting", presenting);
  if (dialog?.open && !dialog.querySelector("select:focus, #invite-link")) refresh();
});

// What was refused is not as the form shows it.
document.addEventListener("htmx:response:error", (event) => {
  const { ctx } = /** @type {CustomEvent} */ (event).detail;
  if (ctx.sourceElement !== document.getElementById("sharing") && ctx.sourceElement.closest("#sharing")) refresh();
});

document.addEventListener("htmx:after:settle", tellTimes);
tellTimes();

/** How long an invitation lasts, in the reader's own words. */
function tellTimes() {
  for (const element of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("time[data-until]"))) {
    const until = new Date(Number(element.dataset.until));
    const near = Number(until) - Date.now() < 86_400_000;
    element.textContent = `until ${near ? until.toLocaleTimeString(undefined, { timeStyle: "short" }) : until.toLocaleDateString(undefined, { day: "numeric", month: "short" })}`;
    element.title = until.toLocaleString();
  }
}
