"""What every request passes on its way in, and every answer on its way out: one pass, in this order."""

import logging
import secrets
import time

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Receive, Scope, Send

from app.errors import Unexpected
from app.web import gzip
from app.web.answers import refuse
from app.web.body import Incoming, encoded
from app.web.deflate import Pieces
from app.web.delays import Delays
from app.web.fair import Fair
from app.web.headers import Headers
from app.web.host import Host
from app.web.method import meant
from app.web.origin import SameOrigin
from app.web.outgoing import Outgoing
from app.web.proxies import Network, Proxies
from app.web.turns import LongQueue

log = logging.getLogger("easel.request")


class Front:
    """Middleware. Whatever goes wrong further in is logged, and leaves with its headers on."""

    def __init__(
        self,
        app: ASGIApp,
        trusted: list[Network] | None = None,
        public_origin: str | None = None,
        https: bool = False,
        clerk: str | None = None,
    ) -> None:
        self.app = app
        self.proxies = Proxies(trusted or [])
        self.fair, self.delays = Fair(), Delays()
        self.headers = Headers(https, clerk)
        self.host, self.origin = Host(public_origin), SameOrigin(public_origin)
        self.pieces = Pieces()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        self.proxies.resolve(scope)
        answer = Outgoing(scope, send, self.headers)
        try:
            async with self.fair.turn(scope):
                await self.attempt(scope, receive, answer)
        except LongQueue as error:
            await refuse(error, scope, receive, answer.send)
        if answer.held:
            await self.delays.hold(scope)
            await answer.release()

    async def attempt(self, scope: Scope, receive: Receive, answer: Outgoing) -> None:
        """Logs method, path, status and time at INFO: never a query string, a header or a body."""
        name, started = secrets.token_hex(6), time.perf_counter()
        try:
            await self.let_in(scope, receive, answer)
        except ClientDisconnect:
            log.debug("%s went away", name)
        except Exception:
            log.exception("%s %s %s failed", name, scope["method"], scope["path"])
            if answer.status:
                raise  # half an answer is out: only cutting the connection says that it is not whole
            error = Unexpected(f"Something went wrong here. It is in the log as {name}.")
            await refuse(error, scope, receive, answer.send)
        finally:
            if log.isEnabledFor(logging.INFO):
                took = (time.perf_counter() - started) * 1e3
                log.info("%s %s %s %d %.1f ms", name, scope["method"], scope["path"], answer.status, took)

    async def let_in(self, scope: Scope, receive: Receive, answer: Outgoing) -> None:
        if refusal := self.host.refusal(scope) or self.origin.refusal(scope) or encoded(scope):
            await refuse(refusal, scope, receive, answer.send)
            return
        answer.body = body = Incoming(scope, receive)
        out = gzip.Compressed(answer.send, self.pieces).send if gzip.accepted(scope) else answer.send
        await self.app({**scope, "method": meant(scope)}, body.receive, out)
