// A stand-in for ClerkJS: the part of its interface and of its cookies that Easel depends on. The provider fills in
// FRONTEND, its own origin, and SUFFIX, of the cookies.
(() => {
  const EARLY = 5; // s before its end that a token is renewed while somebody waits for it
  const AHEAD = 7; // s before its end that a token is renewed by itself
  let session = null;
  let token = null;

  const ask = async (path, method = "POST") => {
    const answer = await fetch(`FRONTEND/v1/client${path}`, { method, credentials: "include" });
    if (!answer.ok) throw new Error(`Clerk answered ${answer.status}`);
    return answer.json();
  };
  const put = (name, value) => {
    for (const cookie of [name, `${name}_SUFFIX`]) {
      document.cookie = `${cookie}=${value}; path=/; samesite=lax; max-age=${value === "" ? 0 : 31536000}`;
    }
  };
  const left = () => (token ? JSON.parse(atob(token.split(".")[1].replaceAll("-", "+").replaceAll("_", "/"))).exp - Date.now() / 1000 : 0);

  const take = async (found) => {
    const next = found && {
      id: found.id,
      status: found.status,
      getToken: async ({ skipCache = false } = {}) => {
        if (skipCache || left() <= EARLY) {
          token = (await ask("/tokens")).jwt;
          put("__session", token);
        }
        return token;
      },
    };
    put("__client_uat", next ? Math.floor(Date.now() / 1000) - 5 : 0);
    if (next) await next.getToken().catch(() => null);
    else put("__session", "");
    session = next;
  };

  window.Clerk = {
    publishableKey: document.currentScript.dataset.clerkPublishableKey,
    get session() {
      return session;
    },
    get isSignedIn() {
      return session !== null && session.status === "active";
    },
    async load() {
      await take(await ask("", "GET"));
      setInterval(() => session && left() < AHEAD && session.getToken({ skipCache: true }).catch(() => null), 500);
    },
    mountSignIn(element, { fallbackRedirectUrl }) {
      const button = document.createElement("button");
      button.textContent = "Continue";
      button.style.color = "rebeccapurple"; // components style themselves
      button.addEventListener("click", async () => {
        await take(await ask("/sign_ins"));
        location.assign(fallbackRedirectUrl);
      });
      element.append(button);
    },
    async signOut() {
      await ask("/remove");
      await take(null);
    },
  };
})();
