"""The frames that wait to be sent to one reader."""

import asyncio
from collections.abc import AsyncIterator, Iterable, Iterator
from typing import Literal

from app.hub.access import Person, Role

MAX_FRAMES = 256
MAX_BYTES = 1024 * 1024
PIECE = 64 * 1024  # bytes sent at a time: what a slow line can take in SEND_LIMIT
SEND_LIMIT = 10.0  # s

Format = Literal["html", "cells", "json"]


class Mailbox:
    """One reader of a board, that is one open stream. `after` is the ts up to which it has the board.

    All mailboxes of a board share their frames. A reader that does not take them is dropped: its mailbox is emptied
    and closed, and when it comes back it gets what it missed.
    """

    def __init__(self, viewer: Person | None, format: Format, role: Role, after: int = 0) -> None:
        self.viewer = viewer
        self.format = format
        self.role = role
        self.after = after
        self.closed = False
        self.dropped = False
        self._frames: list[bytes] = []
        self._bytes = 0
        self._waiting: asyncio.Future[None] | None = None
        self._sending_since: float | None = None

    def put(self, frame: bytes) -> None:
        if self.closed:
            return
        if len(self._frames) >= MAX_FRAMES or self._bytes + len(frame) > MAX_BYTES:
            self.drop()
            return
        self._frames.append(frame)
        self._bytes += len(frame)
        self._wake()

    def open(self, frames: list[bytes]) -> None:
        """Put these frames first. They are shared, so they may be large: SEND_LIMIT is for each piece."""
        self._frames = [*frames, *self._frames]

    def close(self, last: bytes = b"") -> None:
        """End the stream after the frames that wait and `last`."""
        if not self.closed:
            self._frames.append(last)
            self.closed = True
            self._wake()

    def drop(self) -> None:
        """End the stream at once."""
        self.dropped = True
        self._frames.clear()
        self.close()

    def overdue(self, now: float) -> bool:
        """Whether the reader has left a piece untaken for longer than SEND_LIMIT. `now` is the event loop's time."""
        return self._sending_since is not None and now - self._sending_since > SEND_LIMIT

    async def pieces(self) -> AsyncIterator[bytes | memoryview]:
        """The bytes to send, as they come, until the mailbox is closed."""
        loop = asyncio.get_running_loop()
        while True:
            if not self._frames:
                if self.closed:
                    return
                self._waiting = loop.create_future()
                await self._waiting
                continue
            frames, self._frames, self._bytes = self._frames, [], 0
            for piece in cut(frames):
                self._sending_since = loop.time()
                yield piece
                self._sending_since = None
                if self.dropped:
                    return

    def _wake(self) -> None:
        if self._waiting and not self._waiting.done():
            self._waiting.set_result(None)


def cut(frames: Iterable[bytes]) -> Iterator[bytes | memoryview]:
    """Small frames together, large ones in pieces, which are no copies: the bytes are shared."""
    small: list[bytes] = []
    for frame in frames:
        if small and sum(map(len, small)) + len(frame) > PIECE:
            yield joined(small)
            small = []
        if len(frame) > PIECE:
            whole = memoryview(frame)
            yield from (whole[start : start + PIECE] for start in range(0, len(whole), PIECE))
        elif frame:
            small.append(frame)
    if small:
        yield joined(small)


def joined(small: list[bytes]) -> bytes:
    return small[0] if len(small) == 1 else b"".join(small)
