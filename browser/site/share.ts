// Sharing: links copied on plain http too, and a dialog that shows who may do what as it is now.
import htmx from "htmx.org";
import { linkHint } from "./link-hint.ts";
import { tellTimes } from "./page.ts";
import { toast, unsay } from "./toast.ts";

const COPIED_MS = 2_000;

/** Who comes or goes within this time is shown at once, together. */
const GATHERED_MS = 300;

/** Names in one sentence. */
const MOST_NAMED = 3;

/** What a button said before it said "Copied". */
const said: WeakMap<Element, string> = new WeakMap();

const dialog = document.getElementById("share-dialog") as HTMLDialogElement | null;
const link = document.getElementById("share-link") as HTMLInputElement | null;

document.getElementById("share")?.addEventListener("click", () => {
  if (link) link.value = location.origin + location.pathname;
  showHint();
  refresh();
  dialog?.showModal();
  document.getElementById("share-copy")?.focus();
});

document.addEventListener("click", async (event) => {
  const button = (event.target as Element).closest("[data-copy]");
  const field = document.getElementById((button as HTMLElement | null)?.dataset.copy ?? "");
  const label = button?.querySelector("span");
  if (!label || !(field instanceof HTMLInputElement)) return;
  if (!said.has(label)) said.set(label, label.textContent ?? "");
  label.textContent = (await copied(field)) ? "Copied" : "Press Ctrl+C";
  setTimeout(() => (label.textContent = said.get(label) ?? ""), COPIED_MS);
});

/**
 * Puts a field's text on the clipboard. On http, which is not localhost, browsers have no async clipboard: the old command copies the selected field.
 * @returns false: the field is selected, and the person has to press the keys
 */
async function copied(field: HTMLInputElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    field.focus();
    field.select();
    return document.execCommand("copy");
  }
}

/** Says who cannot open the link. */
function showHint() {
  const hint = document.getElementById("share-hint");
  if (!hint) return;
  hint.textContent = linkHint(location.hostname, document.body.dataset.visibility);
  hint.hidden = !hint.textContent;
}

/** Asks for the panel as it is now. */
function refresh() {
  const panel = document.getElementById("sharing");
  if (panel) htmx.trigger(panel, "open");
}

// Somebody came, left, or may do something else now: a dialog that is open shows it. What its reader has before them stays: it is
// morphed, not replaced.
document.getElementById("stream")?.addEventListener("sharing", (event) => {
  const { visibility, presenting } = JSON.parse((event as CustomEvent).detail.data);
  document.body.dataset.visibility = visibility;
  document.body.toggleAttribute("data-presenting", presenting);
  showHint();
  if (dialog?.open) refresh();
});

// The page of its own has no stream that says so: it asks after each switch, and when its reader comes back.
if (!document.getElementById("stream")) {
  document.addEventListener("htmx:finally:request", (event) => {
    const { ctx } = (event as CustomEvent).detail;
    if (ctx.response?.status < 400 && ctx.sourceElement.matches("#sharing [hx-swap=none]")) refresh();
  });
  document.addEventListener("visibilitychange", () => !document.hidden && refresh());
}

// Who asks to be let in is said to the owner, until the owner has answered.
let asked = "";

function tellAsking(names: string[]) {
  if (asked) unsay(asked);
  const most = names.length > MOST_NAMED ? [...names.slice(0, MOST_NAMED), `${names.length - MOST_NAMED} more`] : names;
  asked = `${new Intl.ListFormat("en").format(most)} ${names.length > 1 ? "ask" : "asks"} for access.`;
  if (names.length > 0) toast("info", asked, { href: `${location.pathname}/members`, text: "Share" });
}

document
  .getElementById("stream")
  ?.addEventListener("asks", (event) => tellAsking(JSON.parse((event as CustomEvent).detail.data).names));
if (document.body.dataset.asking) tellAsking(JSON.parse(document.body.dataset.asking));
document.getElementById("toasts")?.addEventListener("click", (event) => {
  if (!dialog || !(event.target as Element).matches("a[href$='/members']")) return;
  event.preventDefault();
  unsay(asked);
  document.getElementById("share")?.click();
});

// Who comes by the link is in the owner's list before they are among those who are here.
let soon = 0;
const people = document.getElementById("people");
if (people) {
  new MutationObserver(() => {
    if (!dialog?.open || document.body.dataset.role !== "owner") return;
    clearTimeout(soon);
    soon = window.setTimeout(refresh, GATHERED_MS);
  }).observe(people, { childList: true });
}

// What somebody has opened stays open; what a person has chosen is again what the server says.
htmx.registerExtension("sharing", {
  htmx_before_morph_attr: (element: Element, { attrName }: { attrName: string }) =>
    !(attrName === "open" && element.matches("#giving, #code")),
});
document.addEventListener("htmx:after:swap", () => {
  const panel = document.getElementById("sharing");
  for (const select of (panel?.querySelectorAll("select[data-held]") ?? []) as NodeListOf<HTMLSelectElement>) {
    select.value = select.querySelector("[selected]")?.getAttribute("value") ?? "";
  }
  for (const radio of (panel?.querySelectorAll("#visibility [type=radio]") ?? []) as NodeListOf<HTMLInputElement>) {
    radio.checked = radio.hasAttribute("checked");
  }
});

// Removing somebody from a board that its link opens: the same dialog offers to close that way, too.
document.addEventListener("also", () =>
  (document.querySelector("#visibility [value=private]") as HTMLElement | null)?.click(),
);

// What was refused is not as the form shows it.
document.addEventListener("htmx:response:error", (event) => {
  const { ctx } = (event as CustomEvent).detail;
  if (ctx.sourceElement !== document.getElementById("sharing") && ctx.sourceElement.closest("#sharing")) refresh();
});

document.addEventListener("htmx:after:settle", tellAll);
tellAll();

/** How long an invitation lasts, and when a hook was used last, in the reader's own words. */
function tellAll() {
  tellTimes();
  for (const element of document.querySelectorAll("time[data-until]") as NodeListOf<HTMLElement>) {
    const until = new Date(Number(element.dataset.until));
    const near = Number(until) - Date.now() < 86_400_000;
    element.textContent = `until ${near ? until.toLocaleTimeString(undefined, { timeStyle: "short" }) : until.toLocaleDateString(undefined, { day: "numeric", month: "short" })}`;
    element.title = until.toLocaleString();
  }
}
