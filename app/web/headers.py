"""The headers on every answer: what the browser may do with it, and the session cookie if it changed."""

import secrets
import time

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app import timing

POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
    "img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# Clerk's own list (its CSP guide), with {clerk} the instance's host.
CHALLENGES = "https://challenges.cloudflare.com https://*.protect.clerk.com"
CLERK_POLICY = (
    f"default-src 'none'; script-src 'self' 'nonce-{{nonce}}' {{clerk}} {CHALLENGES}; style-src {{style}}; "
    "img-src 'self' data: blob: https://img.clerk.com; connect-src 'self' {clerk} https://*.protect.clerk.com:*; "
    f"font-src 'self'; manifest-src 'self'; worker-src 'self' blob:; frame-src {CHALLENGES}; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
COMPONENTS = frozenset({"/sign-in"})  # pages on which Clerk's own components are drawn: they style themselves
FIXED = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # board ids are in the path
    "cross-origin-opener-policy": "same-origin-allow-popups",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
YEAR = 365 * 24 * 3600  # s


class Headers:
    """Puts a fresh `csp_nonce` into the request's state, for the templates, and the policy with it on the answer."""

    def __init__(self, app: ASGIApp, https: bool, clerk: str | None = None) -> None:
        self.app = app
        self.clerk = clerk
        self.fixed = FIXED | ({"strict-transport-security": f"max-age={YEAR}"} if https else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        state = scope.setdefault("state", {})
        nonce = state["csp_nonce"] = secrets.token_urlsafe(16)
        spent, start = timing.begin(), time.perf_counter()

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.setdefault("content-security-policy", self.policy(scope["path"], nonce))
                headers.setdefault("cache-control", "no-store")
                for name, value in self.fixed.items():
                    headers.setdefault(name, value)
                spent["total"] = time.perf_counter() - start
                headers.append("server-timing", timing.header(spent))
                for cookie in state.get("set_cookies", {}).values():
                    headers.append("set-cookie", cookie)
            await send(message)

        await self.app(scope, receive, send_with_headers)

    def policy(self, path: str, nonce: str) -> str:
        if self.clerk is None:
            return POLICY.format(nonce=nonce)
        style = "'self' 'unsafe-inline'" if path in COMPONENTS else f"'self' 'nonce-{nonce}'"
        return CLERK_POLICY.format(nonce=nonce, clerk=self.clerk, style=style)
