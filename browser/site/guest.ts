// Guests come back as themselves: this browser has a key for each guest who was here and did not sign out.

import { element } from "../ground/element.ts";
import { store, stored } from "../ground/stored.ts";
import { send } from "./auth.ts";
import { toast } from "./toast.ts";

const KEY = "easel:guests";

/** Guests of one browser. */
const MOST = 10;

/** In sessionStorage: the guest that this tab is about to come back as. */
const BACK = "easel:back";

/** An older key is made anew, in ms: another browser may have ended it. */
const OLD = 7 * 24 * 3_600_000;

/** `at` in ms since the epoch. */
type Guest = { person: string; name: string; key: string; at: number };

/** Which guest the page was made for. */
const { guest: person = "", name = "" } = (document.querySelector("[data-guest]") as HTMLElement | null)?.dataset ?? {};

/** @returns the newest last */
function guests(): Guest[] {
  const found = stored(KEY);
  if (!Array.isArray(found)) return [];
  return found.filter((one) => [one?.person, one?.name, one?.key].every((value) => typeof value === "string"));
}

/** False in a browser that keeps nothing: there is the link. */
function keep(all: Guest[]) {
  return store(KEY, all.slice(-MOST));
}

const others = () => guests().filter((one) => one.person !== person);

async function newKey(kind: "browser" | "link"): Promise<string | null> {
  const body = JSON.stringify({ kind });
  const answer = await send("/session/key", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body,
  }).catch(() => null);
  return answer?.ok
    ? answer.json().then(
        ({ key }) => key,
        () => null,
      )
    : null;
}

/** A key that was ended elsewhere made somebody new, who has nothing of the guest. */
function sayWhoCameBack() {
  const tried = sessionStorage.getItem(BACK);
  sessionStorage.removeItem(BACK);
  if (!tried || tried === person) return;
  keep(guests().filter((one) => one.person !== tried));
  toast("error", `You are a new guest now: ${name} signed out elsewhere, and can only come back with a recovery link.`);
}

function goBackAs(who: string) {
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
  else if (keep(others()))
    void newKey("browser").then((key) => key && keep([...others(), { person, name, key, at: Date.now() }]));
}

// Whoever signs out means it: the key goes with the session.
document.addEventListener("submit", ({ target }) => {
  const form = target as HTMLFormElement;
  if ("signOut" in form.dataset && person) keep(others());
  if (form.classList.contains("name-form") && !person) nameKey(form);
});

/** The same name as before is the same guest. */
function nameKey(form: HTMLFormElement) {
  const field = form.elements.namedItem("name");
  if (!(field instanceof HTMLInputElement)) return; // somebody with a session accepts under the name that it has
  const asked = field.value.trim().toLowerCase();
  const known = guests().findLast((one) => one.name.toLowerCase() === asked);
  form.querySelector("[name=key]")?.remove();
  if (!known) return;
  form.append(hidden("key", known.key));
  goBackAs(known.person);
}

function hidden(name: string, value: string) {
  const input = element("input");
  Object.assign(input, { type: "hidden", name, value });
  return input;
}

for (const place of document.querySelectorAll("[data-returns]") as NodeListOf<HTMLElement>) {
  place.append(
    ...others()
      .reverse()
      .map((one) => {
        const form = element("form");
        Object.assign(form, { method: "post", action: "/session" });
        form.addEventListener("submit", () => goBackAs(one.person));
        form.append(
          hidden("key", one.key),
          hidden("name", one.name),
          hidden("next", place.dataset.returns ?? ""),
          element("button", "button", `Continue as ${one.name}`),
        );
        return form;
      }),
  );
}

document.addEventListener("click", async ({ target }) => {
  const button = (target as Element).closest("[data-recovery]");
  if (!(button instanceof HTMLButtonElement)) return;
  const field = button.parentElement?.querySelector("input") as HTMLInputElement | null;
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
