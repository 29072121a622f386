// The session while a page is open. With Clerk: a fresh token before a request, and one more try after a 401. With any
// account: a sign of life, on which the stream's lease goes on. Guests need none of it.
import type { Clerk } from "./clerk.ts";
import { authorization } from "./embedded.ts";

/** Whom the page was made for: with several accounts in a browser, the cookie may be another tab's by now. */
const PERSON = "X-Easel-Person";
const PING = 40_000; // ms; a lease is at least a minute
const PATIENCE = 5_000; // ms that a request waits for a token, which it may not need
const SPACING = 4_000; // ms between two forced refreshes: a refusal repeated is no storm

const provider = document.querySelector('meta[name="identity"]')?.getAttribute("content") ?? "guest";
const person = document.body?.dataset.person;

let loading: Promise<Clerk | null> | null = null;
let waiting: Promise<unknown> | null = null;
let refreshing: Promise<boolean> | null = null;
/** Whether the last one brought a new token. */
let refreshed = false;
let refreshedAt = -Infinity;

/** ClerkJS, loaded; null where there is none, or it could not be had. */
export function clerk(options?: object): Promise<Clerk | null> {
  if (provider !== "clerk" || !window.Clerk) return Promise.resolve(null);
  const found = window.Clerk;
  loading ??= found.load({ telemetry: false, ...options }).then(
    () => found,
    () => null,
  );
  return loading;
}

/** A token that lives a while longer; ClerkJS puts it into the cookie. Asks the network only if it must. */
function fresh() {
  // One for all who ask: while Clerk is down, ClerkJS tries each again and again for 3 min.
  waiting ??= Promise.race([
    clerk().then((found) => found?.session?.getToken()),
    new Promise((done) => setTimeout(done, PATIENCE)),
  ])
    .catch(() => null)
    .finally(() => (waiting = null));
  return waiting;
}

/** Whether there is a new token, after the server refused the old one. One at a time, for all who ask. */
export function refresh() {
  if (refreshing) return refreshing;
  // A request that left with the old token may be refused only now: it tries the new one.
  if (performance.now() - refreshedAt < SPACING) return Promise.resolve(refreshed);
  refreshedAt = performance.now();
  refreshing = clerk()
    .then((found) => found && renewed(found))
    .then(Boolean, () => false)
    .then((is) => (refreshed = is))
    .finally(() => (refreshing = null));
  return refreshing;
}

/** A new token. ClerkJS lets go of a session that ended, even if another tab has signed in again since: ask for that one. */
async function renewed(found: Clerk) {
  if (!found.session) {
    const client = await found.client?.reload();
    if (!client?.lastActiveSessionId) return null;
    await found.setActive({ session: client.lastActiveSessionId });
  }
  return found.session?.getToken({ skipCache: true });
}

/** `fetch` as this page's person. A 401 is tried once more with a new token, the same request: it has the same changeId. */
export async function send(
  url: Parameters<typeof globalThis.fetch>[0],
  options: Parameters<typeof globalThis.fetch>[1] = {},
): ReturnType<typeof globalThis.fetch> {
  const request = globalThis.fetch.bind(globalThis, url, {
    ...options,
    headers: { ...options.headers, ...expected() },
  });
  if (provider !== "clerk") return request();
  await fresh();
  const response = await request();
  return response.status === 401 && (await refresh()) ? request() : response;
}

/** What a request that is not made by `fetch` has to carry. */
export async function credentials(): Promise<Record<string, string>> {
  if (provider === "clerk") await fresh();
  return expected();
}

function expected(): Record<string, string> {
  return person ? { [PERSON]: person, ...authorization() } : {};
}

document.addEventListener("htmx:config:request", (event) => {
  const { ctx } = (event as CustomEvent).detail;
  Object.assign(ctx.request.headers, expected());
});

// ClerkJS signs out at Clerk; first we say so, or our streams would go on for a minute or two.
document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (provider !== "clerk" || !(form instanceof HTMLFormElement) || !("signOut" in form.dataset)) return;
  event.preventDefault();
  navigator.sendBeacon("/auth/signed-out");
  await (await clerk())?.signOut().catch(() => null);
  location.assign("/");
});

// The pages of signing in load ClerkJS themselves, in their own way.
const signingIn = document.querySelector("div#sign-in, h1#resume"); // a shape may have any id
if (!signingIn) {
  void clerk();
  if (provider !== "guest") sessionStorage.removeItem("easel:tries");
}
if (provider !== "guest" && person) {
  setInterval(async () => {
    if (document.hidden) return;
    await fresh();
    navigator.sendBeacon("/auth/ping");
  }, PING);
}

/** Whether this may be tried: a page that sends itself elsewhere and comes back must not do so for ever. */
export function mayTry() {
  const tries = Number(sessionStorage.getItem("easel:tries")) + 1;
  sessionStorage.setItem("easel:tries", String(tries));
  return tries <= 2;
}
