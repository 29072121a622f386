// Instead of a page whose reader's token has expired: get a fresh one, then the page itself.
import { clerk, mayTry } from "./auth.ts";

const heading = document.getElementById("resume") as HTMLElement;
const signIn = `/sign-in?${new URLSearchParams({ next: location.pathname + location.search })}`;

function give(text: string) {
  const trouble = document.getElementById("trouble") as HTMLElement;
  const link = document.getElementById("sign-in-link") as HTMLAnchorElement;
  heading.textContent = "That did not work";
  trouble.textContent = text;
  link.href = signIn;
  trouble.hidden = link.hidden = false;
}

const found = await clerk();
if (!found) give("The sign-in service could not be reached. Reload the page to try again.");
else if (!mayTry()) {
  give(
    "You are signed in, but Easel does not accept it. Its clock may be wrong, or its key, or the origin (azp) that it expects.",
  );
} else if (!found.session || heading.dataset.pending === "true") location.replace(signIn);
else if (await found.session.getToken({ skipCache: true }).catch(() => null)) location.reload();
else give("Your session could not be renewed. Sign in again.");
