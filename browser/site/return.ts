// A guest's recovery link: the key is behind the #, so that it gets into no log, and is used by a press only.

const form = document.getElementById("return") as HTMLFormElement;
const field = form.elements.namedItem("key") as HTMLInputElement;
field.value = location.hash.slice(1);
history.replaceState(null, "", location.pathname);
form.hidden = !field.value;
(document.getElementById("no-key") as HTMLElement).hidden = Boolean(field.value);
