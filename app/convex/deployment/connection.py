"""One connection of a session, from the opening of the socket to its loss."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

import aiohttp
from yarl import URL

from app.convex.deployment.client import HEADERS
from app.convex.deployment.protocol import Disconnected, Refused, SyncProtocol
from app.convex.deployment.token import refresh_delay

LARGEST_MESSAGE = 64 * 2**20  # bytes
TRY_AGAIN = 1013  # WebSocket close code: overloaded

TokenSource = Callable[[], Awaitable[str]]
Socket = aiohttp.ClientWebSocketResponse[bool]

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limits:
    """Patience, in seconds."""

    open: float = 5.0
    """For the socket to open."""
    pulse: float = 0.5
    """Between two pings."""
    doubt: int = 9
    """Silent pulses until the connection is in doubt: 4 to 4.5 s. It stays open and may recover."""
    heartbeat: float = 10.0
    """Silence until we ping. Without an answer in half that time the connection is closed."""
    silence: float = 40.0
    """Time without a message, even if pings are answered. A deployment sends one at least every 15 s."""
    close: float = 0.5
    token: float = 10.0
    """For the token source."""
    token_retry: float = 5.0
    """Between attempts to renew a token that still holds."""


class Connection:
    """Carries a protocol's messages over one socket and keeps its identity fresh.

    `wake` says that there is something to send; `progressed` is called after each message taken, and when the
    connection comes into doubt.
    """

    def __init__(
        self,
        protocol: SyncProtocol,
        source: TokenSource | None,
        wake: asyncio.Event,
        progressed: Callable[[], None],
        limits: Limits,
    ) -> None:
        self._protocol = protocol
        self._source = source
        self._wake = wake
        self._progressed = progressed
        self._limits = limits
        self._silent = 0

    @property
    def doubtful(self) -> bool:
        """Whether the deployment may be gone, since it has been silent."""
        return self._silent >= self._limits.doubt

    async def run(self, http: aiohttp.ClientSession, url: URL) -> None:
        """Returns by raising Disconnected, or CancelledError."""
        token = await self._token()
        async with self._open(http, url) as socket:
            self._protocol.open(token)
            self._silent = 0
            try:
                async with asyncio.TaskGroup() as tasks:
                    tasks.create_task(self._receive(socket))
                    tasks.create_task(self._send(socket))
                    tasks.create_task(self._feel_pulse(socket))
                    if token is not None:
                        tasks.create_task(self._renew(token))
            except ExceptionGroup as lost:
                raise lost.exceptions[0] from None

    @contextlib.asynccontextmanager
    async def _open(self, http: aiohttp.ClientSession, url: URL) -> AsyncIterator[Socket]:
        try:
            async with asyncio.timeout(self._limits.open):
                socket = await http.ws_connect(
                    url,
                    headers=HEADERS,
                    heartbeat=self._limits.heartbeat,
                    autoping=False,
                    max_msg_size=LARGEST_MESSAGE,
                    decode_text=False,
                )
        except (aiohttp.ClientError, OSError) as error:
            raise Disconnected(f"CannotConnect: {type(error).__name__}: {error}") from error
        try:
            yield socket
        finally:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(self._limits.close):
                    await socket.close()

    async def _receive(self, socket: Socket) -> None:
        now = asyncio.get_running_loop().time
        try:
            async with asyncio.timeout(self._limits.silence) as silence:
                while True:
                    message = await socket.receive()
                    match message.type:
                        case aiohttp.WSMsgType.TEXT:
                            silence.reschedule(now() + self._limits.silence)
                            self._protocol.receive(message.data)
                        case aiohttp.WSMsgType.PING:
                            await _send(socket, message.data, aiohttp.WSMsgType.PONG)
                        case aiohttp.WSMsgType.PONG:
                            pass
                        case ending:
                            raise _ending(socket, ending, message.data, message.extra)
                    self._silent = 0
                    self._progressed()
        except TimeoutError:
            raise Disconnected("InactiveServer") from None

    async def _send(self, socket: Socket) -> None:
        while True:
            self._wake.clear()
            for text in self._protocol.outgoing():
                await _send(socket, text, aiohttp.WSMsgType.TEXT)
            await self._wake.wait()

    async def _feel_pulse(self, socket: Socket) -> None:
        """Counts our own event loop's turns, so that a pause of ours is no silence of the deployment."""
        while True:
            await asyncio.sleep(self._limits.pulse)
            self._silent += 1
            if self._silent == self._limits.doubt:
                logger.warning("no sign of life from the deployment for %.1f s", self._silent * self._limits.pulse)
                self._progressed()
            await _send(socket, b"", aiohttp.WSMsgType.PING)

    async def _renew(self, token: str) -> None:
        while (delay := refresh_delay(token)) is not None:
            await asyncio.sleep(delay)
            while (fresh := await self._try_token()) is None:
                await asyncio.sleep(self._limits.token_retry)
            token = fresh
            self._protocol.authenticate(token)
            self._wake.set()

    async def _try_token(self) -> str | None:
        try:
            return await self._token()
        except Disconnected as error:
            logger.warning("the token could not be renewed, trying again: %s", error)
            return None

    async def _token(self) -> str | None:
        if self._source is None:
            return None
        try:
            async with asyncio.timeout(self._limits.token):
                return await self._source()
        except Exception as error:
            # Only the kind: a message might quote a secret.
            raise Disconnected(f"NoToken: {type(error).__name__}") from error


async def _send(socket: Socket, data: bytes, kind: aiohttp.WSMsgType) -> None:
    try:
        await socket.send_frame(data, kind)
    except (aiohttp.ClientError, OSError) as error:
        raise Disconnected(f"FailedToSendMessage: {type(error).__name__}") from error


def _ending(socket: Socket, kind: aiohttp.WSMsgType, data: object, extra: object) -> Disconnected:
    """Why a socket delivered no text."""
    if kind is aiohttp.WSMsgType.ERROR:
        return Disconnected(f"{type(data).__name__}: {data}")
    if kind is aiohttp.WSMsgType.BINARY:
        return Refused("BadMessage: binary")
    reason = f"{extra or 'closed'} ({socket.close_code})"
    return Refused(reason) if socket.close_code == TRY_AGAIN else Disconnected(reason)
