// A board in a frame of another page. There browsers send no cookie, so who wants to draw picks a name and is a guest for as long as
// the tab is open: the guest's token stays in the frame, and only the page's own requests carry it. What the other site may lay over
// the frame can make nobody do anything but draw as that guest. Comes before all scripts that ask who the page's person is.
import { store, stored } from "../ground/stored.ts";

const KEY = "easel:embedded";

interface Guest {
  token: string;
  /** In s since the epoch. */
  expiresAt: number;
  user: { name: string; person: string };
}

const kept: Guest | undefined = stored(KEY, () => sessionStorage);
/** Of the person in this frame; undefined where a cookie says who it is, or nobody is to draw. */
export const guest = kept && kept.expiresAt > Date.now() / 1_000 ? kept : undefined;

const data = document.body.dataset;
export const embedded = document.body.classList.contains("embedded");
if (embedded && guest && !data.person) Object.assign(data, { person: guest.user.person, name: guest.user.name });

/** What says that a request is this guest's. */
export function authorization(): Record<string, string> {
  return embedded && guest && data.person === guest.user.person ? { Authorization: `Bearer ${guest.token}` } : {};
}

const form = document.querySelector("#draw form");
form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const name = (form.querySelector("input") as HTMLInputElement).value;
  const problem = form.querySelector("[role=alert]") as HTMLElement;
  const headers = { "Content-Type": "application/json", Accept: "application/json" };
  const answer = await fetch("/session", { method: "POST", headers, body: JSON.stringify({ name }) }).catch(() => null);
  const said = await answer?.json().catch(() => null);
  if (answer?.ok && store(KEY, said, () => sessionStorage)) return location.reload();
  problem.textContent = answer?.ok
    ? "This browser lets the frame remember nothing: open the board in Easel to draw."
    : (said?.error?.message ?? "Easel could not be reached: try again.");
});
