// @ts-check
// A guest's recovery link: the key is behind the #, so that it gets into no log, and is used by a press only.

const form = /** @type {HTMLFormElement} */ (document.getElementById("return"));
const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("key"));
field.value = location.hash.slice(1);
history.replaceState(null, "", location.pathname);
form.hidden = !field.value;
/** @type {HTMLElement} */ (document.getElementById("no-key")).hidden = Boolean(field.value);
