"""Refuses requests for another host if our own is configured, so that no answer depends on a forged `Host`."""

from starlette.types import Scope

from app.addresses import origin
from app.errors import BadRequest
from app.web.told import told

ANY = frozenset({"/healthz", "/readyz"})  # asked for by address


class Host:
    def __init__(self, public_origin: str | None) -> None:
        self.public_origin = public_origin

    def refusal(self, scope: Scope) -> BadRequest | None:
        if self.public_origin and scope["path"] not in ANY and not self.ours(scope):
            return BadRequest(f"Easel is at {self.public_origin}, and answers to no other host.")
        return None

    def ours(self, scope: Scope) -> bool:
        assert self.public_origin
        host = told(scope).get("host", "")
        scheme = self.public_origin.partition("://")[0]  # a proxy may speak http to us
        try:
            return origin(f"{scheme}://{host}") == self.public_origin
        except ValueError:
            return False
