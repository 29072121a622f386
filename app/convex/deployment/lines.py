"""All connections to a deployment's HTTP server."""

import asyncio
import ssl

from yarl import URL

from app.convex.deployment.line import Answer, Line


class Unreachable(Exception):
    """There was no connection in time, so nothing was sent."""


class Lines:
    """Opens at most `most` connections, and keeps each for `kept` s after its last answer. Sends nothing twice.

    `connect_limit` is for getting a connection, waiting for a free one included, `call_limit` for a whole call, in s.
    """

    def __init__(
        self, base: URL, *, most: int, kept: float, connect_limit: float, call_limit: float, largest: int
    ) -> None:
        self._host, self._port = base.host or "", base.port or 0
        self._tls = ssl.create_default_context() if base.scheme == "https" else None
        self._kept = kept
        self._connect_limit = connect_limit
        self._call_limit = call_limit
        self._largest = largest
        self._room = asyncio.Semaphore(most)
        self._free: list[tuple[Line, float]] = []

    async def ask(self, request: bytes) -> Answer:
        """Raises Unreachable, OSError (also for an answer that is late), TooLong."""
        async with asyncio.timeout(self._call_limit):
            line = await self._take()
            try:
                answer = await line.ask(request)
                if line.open:
                    self._free.append((line, asyncio.get_running_loop().time()))
                return answer
            finally:
                self._room.release()

    def close(self) -> None:
        """Calls under way go on."""
        while self._free:
            self._free.pop()[0].close()

    async def _take(self) -> Line:
        """A free line or a new one. The caller releases its place in `_room` afterwards."""
        try:
            async with asyncio.timeout(self._connect_limit):
                await self._room.acquire()
                try:
                    return self._newest() or await self._opened()
                except BaseException:
                    self._room.release()
                    raise
        except OSError as error:
            raise Unreachable(str(error) or type(error).__name__) from error

    def _newest(self) -> Line | None:
        """The line that was used last, if any is left: the others are older still."""
        oldest = asyncio.get_running_loop().time() - self._kept
        while self._free:
            line, since = self._free.pop()
            if line.open and since > oldest:
                return line
            line.close()
        return None

    async def _opened(self) -> Line:
        loop = asyncio.get_running_loop()
        _, line = await loop.create_connection(lambda: Line(self._largest), self._host, self._port, ssl=self._tls)
        return line
