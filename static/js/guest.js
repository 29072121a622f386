// @ts-check
// Guests come back as themselves: this browser has a key for each guest who was here and did not sign out.
import { send } from "./auth.js";
import { toast } from "./toast.js";

const KEY = "easel:guests";

/** Guests of one browser. */
const MOST = 10;

/** In sessionStorage: the guest that this tab is about to come back as. */
const BACK = "easel:back";

/** An older key is made anew, in ms: another browser may have ended it. */
const OLD = 7 * 24 * 3_600_000;

/** `at` in ms since the epoch. @typedef {{ person: string, name: string, key: string, at: number }} Guest */

/** Which guest the page was made for. */
const { guest: person = "", name = "" } = /** @type {HTMLElement | null} */ (document.querySelector("[data-guest]"))?.dataset ?? {};

/** @returns {Guest[]} the newest last */
function guests() {
  try {
    const found = JSON.parse(localStorage.getItem(KEY) ?? "[]");
    return found.filter((/** @type {any} */ one) => [one.person, one.name, one.key].every((value) => typeof value === "string"));
  } catch {
    return [];
  }
}

/** False in a browser that keeps nothing: there is the link. @param {Guest[]} all */
function keep(all) {
  try {
    localStorage.setItem(KEY, JSON.stringify(all.slice(-MOST)));
    return true;
  } catch {
    return false;
  }
}

const others = () => guests().filter((one) => one.person !== person);

/** @param {"browser" | "link"} kind @returns {Promise<string | null>} */
async function newKey(kind) {
  const body = JSON.stringify({ kind });
  const answer = await send("/session/key", { method: "POST", headers: { "Content-Type": "application/json", Accept: "application/json" }, body }).catch(() => null);
  return answer?.ok ? answer.json().then(({ key }) => key, () => null) : null;
}

/** A key that was ended elsewhere made somebody new, who has nothing of the guest. */
function sayWhoCameBack() {
  const tried = sessionStorage.getItem(BACK);
  sessionStorage.removeItem(BACK);
  if (!tried || tried === person) return;
  keep(guests().filter((one) => one.person !== tried));
  toast("error", `You are a new guest: the ${name} of before signed out elsewhere, and comes back by a recovery link only.`);
}

/** @param {string} who */
function goBackAs(who) {
  try {
    sessionStorage.setItem(BACK, who);
  } catch {
    // Then nobody can say whether it worked.
  }
}

if (person) {
  try {
    sayWhoCameBack();
  } catch {
    // A browser that keeps nothing had no key either.
  }
  const known = guests().find((one) => one.person === person);
  if (known && Date.now() - known.at < OLD) keep([...others(), { ...known, name }]);
  else if (keep(others())) void newKey("browser").then((key) => key && keep([...others(), { person, name, key, at: Date.now() }]));
}

// Whoever signs out means it: the key goes with the session.
document.addEventListener("submit", ({ target }) => {
  const form = /** @type {HTMLFormElement} */ (target);
  if ("signOut" in form.dataset && person) keep(others());
  if (form.classList.contains("name-form") && !person) nameKey(form);
});

/** The same name as before is the same guest. @param {HTMLFormElement} form */
function nameKey(form) {
  const asked = /** @type {HTMLInputElement} */ (form.elements.namedItem("name")).value.trim().toLowerCase();
  const known = guests().findLast((one) => one.name.toLowerCase() === asked);
  form.querySelector("[name=key]")?.remove();
  if (!known) return;
  form.append(hidden("key", known.key));
  goBackAs(known.person);
}

/** @param {string} name @param {string} value */
function hidden(name, value) {
  const input = document.createElement("input");
  Object.assign(input, { type: "hidden", name, value });
  return input;
}

for (const place of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-returns]"))) {
  place.append(...others().reverse().map((one) => {
    const form = document.createElement("form");
    Object.assign(form, { method: "post", action: "/session" });
    form.addEventListener("submit", () => goBackAs(one.person));
    const button = document.createElement("button");
    button.className = "button";
    button.textContent = `Continue as ${one.name}`;
    form.append(hidden("key", one.key), hidden("name", one.name), hidden("next", place.dataset.returns ?? ""), button);
    return form;
  }));
}

document.addEventListener("click", async ({ target }) => {
  const button = /** @type {Element} */ (target).closest("[data-recovery]");
  if (!(button instanceof HTMLButtonElement)) return;
  const field = /** @type {HTMLInputElement | null} */ (button.parentElement?.querySelector("input"));
  if (!field) return;
  if (field.value) {
    field.select();
    button.textContent = document.execCommand("copy") ? "Copied" : "Press Ctrl+C";
    return;
  }
  const key = await newKey("link");
  if (!key) return void (button.textContent = "That did not work: try again");
  field.value = `${location.origin}/return#${key}`;
  field.hidden = false;
  field.select();
  button.textContent = "Copy the link";
});
