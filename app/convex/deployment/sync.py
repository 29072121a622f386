"""Live queries over one WebSocket that is kept alive."""

import asyncio
import contextlib
import logging
from collections.abc import Callable, Mapping
from typing import Any, Self

import aiohttp

from app.convex.deployment.backoff import Backoff
from app.convex.deployment.client import deployment_url
from app.convex.deployment.connection import Connection, Limits, TokenSource
from app.convex.deployment.errors import DeploymentError, DeploymentUnavailable, Unauthenticated
from app.convex.deployment.protocol import AuthRefused, Disconnected, SyncProtocol
from app.convex.deployment.watch import Once, Watch

SOONEST = 0.25  # s to the next connection, however much we are hurried
ANSWER_LIMIT = 10.0  # s for a query or mutation

logger = logging.getLogger(__name__)


class Sync:
    """A client of the sync protocol: one WebSocket, any number of live queries, one identity.

        async with Sync(url, token) as sync:
            watch = sync.watch("messages:list", {"channel": "general"})
            async for messages in watch:
                ...

    It connects in the background and again whenever the connection is lost (0.1 to 15 s later, with jitter, or sooner
    by `hurry`), under the same session, asking for everything again. A connection that is silent for 4 to 4.5 s is in
    doubt, and given up after 15 s. Nothing here blocks.

    `token` is awaited for every connection, and again before the token expires; it must give one that is still good.
    Without it the client is anonymous.

    `connected` is true while the values of all watches are current: the socket is open and not in doubt, and everything
    asked before it opened has been answered on it. When it changes, each function in `on_state` is called with the new
    value, after the watches have taken what made it change.
    """

    def __init__(self, url: str, token: TokenSource | None = None, *, limits: Limits | None = None) -> None:
        base = deployment_url(url)
        self._url = (base / "api" / "sync").with_scheme("wss" if base.scheme == "https" else "ws")
        self._protocol = SyncProtocol()
        self._wake = asyncio.Event()
        self._connection = Connection(self._protocol, token, self._wake, self._progressed, limits or Limits())
        self._task: asyncio.Task[None] | None = None
        self._closed = False
        self._hurried = asyncio.Event()
        self._refusals = 0
        self.connected = False
        self.on_state: list[Callable[[bool], None]] = []

    @property
    def ts(self) -> int:
        """The newest timestamp (ns) that any Transition has reached."""
        return self._protocol.ts

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._stay_connected(), name="convex sync")
        return self

    async def __aexit__(self, *_: object) -> None:
        self._closed = True
        if self._task:
            self._task.cancel()
            await asyncio.wait([self._task])
        closed = DeploymentUnavailable("the client is closed")
        self._protocol.queries.end(closed)
        self._protocol.requests.end(closed)

    def watch(self, path: str, args: Mapping[str, Any]) -> Watch:
        """Watch the query `path` ("module:function"). Close the watch when it is not needed any more.

        Raises ValueError or TypeError for arguments that Convex cannot hold.
        """
        self._check_open()
        return Watch(self._protocol.queries, self._wake.set, path, args)

    async def query(self, path: str, args: Mapping[str, Any], *, timeout: float = ANSWER_LIMIT) -> Any:
        """Ask once. The answer comes with a Transition that every watch has taken before.

        Raises `ConvexError`, `FunctionFailed`, `Unauthenticated`, or `DeploymentUnavailable` after `timeout` seconds.
        """
        self._check_open()
        once = Once()
        subscription = self._protocol.queries.add(path, args, once)
        self._wake.set()
        try:
            async with asyncio.timeout(timeout):
                return await once.result
        except TimeoutError:
            raise DeploymentUnavailable(f"{path} was not answered within {timeout:g} s") from None
        finally:
            self._protocol.queries.remove(subscription)
            self._wake.set()

    async def mutation(self, path: str, args: Mapping[str, Any], *, timeout: float = ANSWER_LIMIT) -> Any:
        """Run a mutation; when it returns, every watch has taken its effects.

        Mutations of one client run one after another, in order. Each is sent at most once: if the connection is lost
        before the answer, or `timeout` seconds pass, `DeploymentUnavailable.maybe_applied` says whether it was sent.
        Raises `ConvexError`, `FunctionFailed` and `Unauthenticated` too.
        """
        self._check_open()
        request = self._protocol.requests.add(path, args)
        self._wake.set()
        try:
            async with asyncio.timeout(timeout):
                return await request.result
        except TimeoutError:
            what = f"{path} was not answered within {timeout:g} s"
            raise DeploymentUnavailable(what, maybe_applied=request.sent) from None
        finally:
            self._protocol.requests.forget(request)

    def hurry(self) -> None:
        """The deployment has just answered somebody: to wait longer for the next connection is of no use.

        What the deployment itself has refused still waits.
        """
        self._hurried.set()

    async def _pause(self, delay: float) -> None:
        self._hurried.clear()
        soonest = min(delay, SOONEST)
        await asyncio.sleep(soonest)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(delay - soonest):
                await self._hurried.wait()

    def _check_open(self) -> None:
        if self._closed:
            raise DeploymentUnavailable("the client is closed")

    async def _stay_connected(self) -> None:
        backoff = Backoff()
        timeout = aiohttp.ClientTimeout(total=None)
        async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar(), timeout=timeout) as http:
            while True:
                try:
                    await self._connection.run(http, self._url)
                except Disconnected as lost:
                    delay = self._lost(lost, backoff)
                    await (self._pause(delay) if lost.healthy else asyncio.sleep(delay))
                except Exception:
                    logger.exception("the sync client failed, starting again")
                    await asyncio.sleep(self._lost(Disconnected("InternalError"), backoff))
                finally:
                    self._set_connected(False)

    def _lost(self, lost: Disconnected, backoff: Backoff) -> float:
        """Settle a lost connection; the seconds until the next."""
        if self._protocol.caught_up and lost.healthy:
            backoff.reset()
        self._set_connected(False)
        self._protocol.lose(str(lost))
        if isinstance(lost, AuthRefused):
            self._refusals += 1
            if self._refusals == 1:
                logger.info("%s; connecting again with a fresh token", lost)
                return 0.0
            self._give_up(Unauthenticated(str(lost)))
        delay = backoff.next(lost.floor)
        level = logging.INFO if lost.healthy else logging.WARNING
        logger.log(level, "connection lost: %s; connecting again in %.1f s", lost, delay)
        return delay

    def _give_up(self, error: DeploymentError) -> None:
        """Fail what somebody is waiting for. Watches stay: the next token may be good."""
        self._protocol.queries.end(error, only_late=True)
        self._protocol.requests.end(error)

    def _progressed(self) -> None:
        current = self._protocol.caught_up and not self._connection.doubtful
        if current:
            self._refusals = 0
        self._set_connected(current)

    def _set_connected(self, connected: bool) -> None:
        if connected == self.connected:
            return
        self.connected = connected
        for tell in list(self.on_state):
            try:
                tell(connected)
            except Exception:
                logger.exception("a state callback failed")
