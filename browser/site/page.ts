// What every page does: dialogs and menus, the theme, what was refused, times in the reader's own words.
import "./auth.ts";
import "./dialogs.ts";
import "./dismissal.ts";
import "./drops.ts";
import "./guest.ts";
import { sayHere } from "./next-page.ts";
import { explained } from "./refusal.ts";
import "./rename.ts";
import "./room.ts";
import "./theme.ts";
import "./zone.ts";
import "./opened.ts";
import { toast } from "./toast.ts";

const SIGN_IN = { href: `/?next=${location.pathname}`, text: "Sign in" };

// After a delete there is no page to stay on.
document.addEventListener("htmx:finally:request", (event) => {
  const { ctx } = (event as CustomEvent).detail;
  const then = ctx.sourceElement?.dataset?.then;
  if (then && ctx.response?.status < 400) location.assign(then);
});

// What a form of htmx was refused, or could not say. The stream speaks for itself.
document.addEventListener("htmx:response:error", (event) => {
  const { ctx } = (event as CustomEvent).detail;
  if (ctx.sourceElement.id !== "stream")
    toast("error", messageOf(ctx.text), ctx.response.status === 401 ? SIGN_IN : undefined);
});
document.addEventListener("htmx:error", (event) => {
  const { ctx } = (event as CustomEvent).detail;
  if (ctx && ctx.sourceElement.id !== "stream") toast("error", "Easel could not be reached: that was not saved.");
});

/** @param answer in the API's error shape */
function messageOf(answer: string): string {
  try {
    return explained(JSON.parse(answer).error);
  } catch {
    return explained(undefined);
  }
}

const ago = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });
/** The unit, and its length in seconds */
const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
];

/** @param time ms since the epoch */
function inWords(time: number) {
  const seconds = (time - Date.now()) / 1_000;
  if (seconds < -30 * 86_400)
    return new Date(time).toLocaleDateString(undefined, { day: "numeric", month: "long", year: "numeric" });
  const [unit, length] = UNITS.find(([, length]) => -seconds >= length) ?? ["second", 1];
  return unit === "second" ? "just now" : ago.format(Math.round(seconds / length), unit);
}

export function tellTimes() {
  for (const element of document.querySelectorAll("time[data-time]")) {
    const time = Number((element as HTMLElement).dataset.time);
    element.textContent = inWords(time);
    element.setAttribute("title", new Date(time).toLocaleString());
  }
}

sayHere();
tellTimes();
if (document.getElementById("boards")) document.addEventListener("htmx:after:settle", tellTimes);
