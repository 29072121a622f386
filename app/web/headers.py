"""The headers on every answer: what the browser may do with it."""

from collections.abc import Mapping
from typing import Any

POLICY = (
    "default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; "
    "img-src 'self' data: blob:; connect-src 'self'; font-src 'self'; manifest-src 'self'; worker-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
)
# Clerk's own list (its CSP guide), with {clerk} the instance's host.
CHALLENGES = "https://challenges.cloudflare.com https://*.protect.clerk.com"
CLERK_POLICY = (
    f"default-src 'none'; script-src 'self' 'nonce-{{nonce}}' {{clerk}} {CHALLENGES}; style-src {{style}}; "
    "img-src 'self' data: blob: https://img.clerk.com; connect-src 'self' {clerk} https://*.protect.clerk.com:*; "
    f"font-src 'self'; manifest-src 'self'; worker-src 'self' blob:; frame-src {CHALLENGES}; "
    "form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
)
COMPONENTS = frozenset({"/sign-in"})  # pages on which Clerk's own components are drawn: they style themselves
FIXED = {
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # board ids are in the path
    "cross-origin-opener-policy": "same-origin-allow-popups",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
}
# A crawler may fetch every page (app/routes/site.py), or it would list bare addresses, which open boards.
UNLISTED = (b"x-robots-tag", b"noindex, nofollow")
LISTED = "/"
YEAR = 365 * 24 * 3600  # s


class Headers:
    def __init__(self, https: bool, clerk: str | None = None) -> None:
        self.clerk = clerk
        fixed = FIXED | ({"strict-transport-security": f"max-age={YEAR}"} if https else {})
        self.fixed = [(name.encode(), value.encode()) for name, value in fixed.items()]

    def of(self, path: str, state: Mapping[str, Any]) -> list[tuple[bytes, bytes]]:
        """For an answer that does not have them already.

        `state` is the request's, with its `csp_nonce`, and with its `frame_ancestors` if other pages may frame it.
        """
        policy = (b"content-security-policy", self.policy(path, state).encode())
        return [policy, *self.fixed] if path == LISTED else [policy, *self.fixed, UNLISTED]

    def policy(self, path: str, state: Mapping[str, Any]) -> str:
        nonce, ancestors = state["csp_nonce"], state.get("frame_ancestors", "'none'")
        if self.clerk is None:
            return POLICY.format(nonce=nonce, ancestors=ancestors)
        style = "'self' 'unsafe-inline'" if path in COMPONENTS else f"'self' 'nonce-{nonce}'"
        return CLERK_POLICY.format(nonce=nonce, ancestors=ancestors, clerk=self.clerk, style=style)
