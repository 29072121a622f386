// What every page does: dialogs and menus, the theme, what was refused, times in the reader's own words.
import { ago } from "../ground/ago.ts";
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

export function tellTimes() {
  for (const element of document.querySelectorAll("time[data-time]")) {
    const time = Number((element as HTMLElement).dataset.time);
    element.textContent = ago(time);
    element.setAttribute("title", new Date(time).toLocaleString());
  }
}

sayHere();
tellTimes();
if (document.getElementById("boards")) document.addEventListener("htmx:after:settle", tellTimes);
