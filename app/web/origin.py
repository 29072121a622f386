"""Refuses requests that another site makes in a person's name (ASVS 3.5): our complete CSRF defence.

A browser says where an unsafe request comes from, by `Sec-Fetch-Site` or `Origin`; what it says must be same-origin,
cookie or not. A program says neither, and passes if it also carries no cookie, or a bearer token. `same-site` is not
enough: a sibling subdomain is somebody else. Streams are held to it too: no other site can keep one of ours open.
"""

from starlette.types import Scope

from app.addresses import origin
from app.errors import Forbidden
from app.web.told import told

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


class SameOrigin:
    def __init__(self, public_origin: str | None) -> None:
        self.public_origin = public_origin

    def refusal(self, scope: Scope) -> Forbidden | None:
        if self.allowed(scope):
            return None
        return Forbidden("This request came from another site, so it was refused.")

    def allowed(self, scope: Scope) -> bool:
        stream = scope["path"].endswith("/stream")
        if scope["path"].startswith("/hooks/"):  # for other sites' forms: the address is the secret, no cookie counts
            return True
        if scope["method"] in SAFE and not stream:
            return True
        headers = told(scope)
        site, said = headers.get("sec-fetch-site"), headers.get("origin")
        if site is not None or said is not None:
            return site in (None, "same-origin") and said in (None, self.own_origin(scope, headers))
        return stream or "cookie" not in headers or headers.get("authorization", "").lower().startswith("bearer ")

    def own_origin(self, scope: Scope, headers: dict[str, str]) -> str | None:
        if self.public_origin:
            return self.public_origin
        try:
            return origin(f"{scope['scheme']}://{headers.get('host', '')}")
        except ValueError:
            return "unknown"
