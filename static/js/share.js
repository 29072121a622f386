// @ts-check
// The share dialog: the link of this board, copied on plain http too.

const COPIED_MS = 2_000;

const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("share-dialog"));
const link = /** @type {HTMLInputElement} */ (document.getElementById("share-link"));
const copy = /** @type {HTMLButtonElement} */ (document.getElementById("share-copy"));
const form = /** @type {HTMLFormElement} */ (dialog.querySelector("form"));
const label = /** @type {HTMLElement} */ (copy.querySelector("span"));
const said = label.textContent;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let restore;

document.getElementById("share")?.addEventListener("click", () => {
  link.value = location.origin + location.pathname;
  dialog.showModal();
  copy.focus();
});

copy.addEventListener("click", async () => {
  label.textContent = (await copied(link.value)) ? "Copied" : "Press Ctrl+C";
  clearTimeout(restore);
  restore = setTimeout(() => (label.textContent = said), COPIED_MS);
});

/**
 * Puts the text on the clipboard. On http, which is not localhost, browsers have no async clipboard: the old command copies the selected field.
 * @param {string} text @returns {Promise<boolean>} false: the field is selected, and the person has to press the keys
 */
async function copied(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    link.focus();
    link.select();
    return document.execCommand("copy");
  }
}

// The choice is kept when the server has kept it; else the dialog goes back to what holds.
form.addEventListener("htmx:finally:request", (event) => {
  const { ctx } = /** @type {CustomEvent} */ (event).detail;
  if (ctx.response?.status < 400) document.body.dataset.visibility = chosen();
  else choose(document.body.dataset.visibility ?? "private");
});

function chosen() {
  return String(new FormData(form).get("visibility"));
}

/** @param {string} visibility */
function choose(visibility) {
  /** @type {NodeListOf<HTMLInputElement>} */
  const radios = form.querySelectorAll("[name=visibility]");
  for (const radio of radios) radio.checked = radio.value === visibility;
}
