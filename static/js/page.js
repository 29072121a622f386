// @ts-check
// What every page does: dialogs and menus, the theme, what was refused, times in the reader's own words.
import "./auth.js";
import "./dialogs.js";
import "./dismissal.js";
import "./drops.js";
import "./guest.js";
import { explained } from "./refusal.js";
import "./rename.js";
import "./room.js";
import "./theme.js";
import "./opened.js";
import { toast } from "./toast.js";

const SIGN_IN = { href: `/?next=${location.pathname}`, text: "Sign in" };

// After a delete there is no page to stay on.
document.addEventListener("htmx:finally:request", (event) => {
  const { ctx } = /** @type {CustomEvent} */ (event).detail;
  const then = ctx.sourceElement?.dataset?.then;
  if (then && ctx.response?.status < 400) location.assign(then);
});

// What a form of htmx was refused, or could not say. The stream speaks for itself.
document.addEventListener("htmx:response:error", (event) => {
  const { ctx } = /** @type {CustomEvent} */ (event).detail;
  if (ctx.sourceElement.id !== "stream") toast("error", messageOf(ctx.text), ctx.response.status === 401 ? SIGN_IN : undefined);
});
document.addEventListener("htmx:error", (event) => {
  const { ctx } = /** @type {CustomEvent} */ (event).detail;
  if (ctx && ctx.sourceElement.id !== "stream") toast("error", "Easel could not be reached: that was not saved.");
});

/** @param {string} answer in the API's error shape @returns {string} */
function messageOf(answer) {
  try {
    return explained(JSON.parse(answer).error);
  } catch {
    return explained(undefined);
  }
}

const ago = new Intl.RelativeTimeFormat(undefined, { numeric: "auto" });
/** @type {[Intl.RelativeTimeFormatUnit, number][]} the unit, and its length in seconds */
const UNITS = [["day", 86_400], ["hour", 3_600], ["minute", 60]];

/** @param {number} time ms since the epoch */
function inWords(time) {
  const seconds = (time - Date.now()) / 1_000;
  if (seconds < -30 * 86_400) return new Date(time).toLocaleDateString(undefined, { day: "numeric", month: "long", year: "numeric" });
  const [unit, length] = UNITS.find(([, length]) => -seconds >= length) ?? ["second", 1];
  return unit === "second" ? "just now" : ago.format(Math.round(seconds / length), unit);
}

function tellTimes() {
  for (const element of document.querySelectorAll("time[data-time]")) {
    const time = Number(/** @type {HTMLElement} */ (element).dataset.time);
    element.textContent = inWords(time);
    element.setAttribute("title", new Date(time).toLocaleString());
  }
}

tellTimes();
if (document.getElementById("boards")) document.addEventListener("htmx:after:settle", tellTimes);
