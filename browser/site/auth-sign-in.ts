// Clerk's own sign-in, in our page. Who is signed in already goes on; the server knows where.
import { clerk, mayTry } from "./auth.ts";

const place = document.getElementById("sign-in") as HTMLDivElement;
const here = `/sign-in?${new URLSearchParams({ next: place.dataset.next ?? "/" })}`;
const found = await clerk({ ui: { ClerkUI: window.__internal_ClerkUICtor } });

if (!found) place.textContent = "The sign-in service could not be reached. Reload the page to try again.";
else if (!found.isSignedIn) {
  sessionStorage.removeItem("easel:tries");
  found.mountSignIn(place, { fallbackRedirectUrl: here, signUpFallbackRedirectUrl: here });
} else if (!mayTry()) {
  place.textContent =
    "You are signed in, but Easel does not accept it. Its clock may be wrong, or its key, or the origin (azp) that it expects.";
} else {
  await found.session?.getToken({ skipCache: true }).catch(() => null);
  location.replace(here);
}
