"""What waits to be sent to one reader."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Literal

from app.hub.access import Person, Role

MAX_MESSAGES = 256
MAX_BYTES = 1024 * 1024
PIECE = 64 * 1024  # bytes sent at a time: what a slow line can take in SEND_LIMIT
SEND_LIMIT = 10.0  # s

Format = Literal["html", "cells", "json"]


class Mailbox:
    """One reader of a board: who, what they have seen (`after`), and the bytes they have not got yet.

    The bytes are shared by all mailboxes of a board. A reader who does not take them is dropped: the mailbox closes,
    empty, and whoever comes back is brought up to date.
    """

    def __init__(self, viewer: Person | None, format: Format, role: Role, after: int = 0) -> None:
        self.viewer = viewer
        self.format = format
        self.role = role
        self.after = after
        self.closed = False
        self.dropped = False
        self._messages: list[bytes] = []
        self._bytes = 0
        self._waiting: asyncio.Future[None] | None = None
        self._sending_since: float | None = None

    def put(self, message: bytes) -> None:
        if self.closed:
            return
        if len(self._messages) >= MAX_MESSAGES or self._bytes + len(message) > MAX_BYTES:
            self.drop()
            return
        self._messages.append(message)
        self._bytes += len(message)
        self._wake()

    def open(self, messages: list[bytes]) -> None:
        """What the reader needs first. It is everybody's bytes, so it may be large: SEND_LIMIT is for each piece."""
        self._messages = [*messages, *self._messages]

    def close(self, last: bytes = b"") -> None:
        """End the stream after what is waiting and `last`."""
        if not self.closed:
            self._messages.append(last)
            self.closed = True
            self._wake()

    def drop(self) -> None:
        """End the stream without what is waiting."""
        self.dropped = True
        self._messages.clear()
        self.close()

    def overdue(self, now: float) -> bool:
        """Whether the reader has left a piece untaken for too long. `now` is the event loop's time."""
        return self._sending_since is not None and now - self._sending_since > SEND_LIMIT

    async def pieces(self) -> AsyncIterator[bytes | memoryview]:
        """The bytes to send, as they come, until the mailbox is closed."""
        loop = asyncio.get_running_loop()
        while True:
            if not self._messages:
                if self.closed:
                    return
                self._waiting = loop.create_future()
                await self._waiting
                continue
            messages, self._messages, self._bytes = self._messages, [], 0
            for piece in cut(messages):
                self._sending_since = loop.time()
                yield piece
                self._sending_since = None
                if self.dropped:
                    return

    def _wake(self) -> None:
        if self._waiting and not self._waiting.done():
            self._waiting.set_result(None)


def cut(messages: Iterable[bytes]) -> Iterator[bytes | memoryview]:
    """Small messages together, large ones in pieces, of which none is a copy: the bytes are everybody's."""
    small: list[bytes] = []
    for message in messages:
        if small and sum(map(len, small)) + len(message) > PIECE:
            yield joined(small)
            small = []
        if len(message) > PIECE:
            whole = memoryview(message)
            yield from (whole[start : start + PIECE] for start in range(0, len(whole), PIECE))
        elif message:
            small.append(message)
    if small:
        yield joined(small)


def joined(small: list[bytes]) -> bytes:
    return small[0] if len(small) == 1 else b"".join(small)
