"""The frames that wait to be sent to one reader."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Literal

from app.hub.access import Person, Role
from app.hub.cut_frame import PIECE, CutFrame

MAX_FRAMES = 256
MAX_BYTES = 1024 * 1024
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
        self.opening: Sequence[CutFrame] = ()
        """The first frames, until the reader has taken all of them."""
        self.outlet: Callable[[bytes], bool] = lambda _: False
        """Sends a frame at once, past `pieces`. False if the reader is slow: then the frame waits like any other."""
        self._frames: list[bytes] = []
        self._batch: deque[bytes | memoryview] = deque()
        self._bytes = 0
        self._waiting: asyncio.Future[None] | None = None
        self._sending_since: float | None = None

    def put(self, frame: bytes) -> None:
        if self.closed or (self._level and len(frame) <= PIECE and self.outlet(frame)):
            return
        if len(self._frames) >= MAX_FRAMES or self._bytes + len(frame) > MAX_BYTES:
            self.drop()
            return
        self._frames.append(frame)
        self._bytes += len(frame)
        self._wake()

    def open(self, frames: Sequence[CutFrame]) -> None:
        """Put these frames first. They may have any size: SEND_LIMIT is for each piece, and Openings limits the sum."""
        self.opening = frames
        self._frames = [*(piece for frame in frames for piece in frame.pieces), *self._frames]

    def close(self, last: bytes = b"") -> None:
        """End the stream after the frames that wait and `last`."""
        if not self.closed:
            if last:
                self._frames.append(last)
            self.closed = True
            self._wake()

    def drop(self) -> None:
        """End the stream at once."""
        self.dropped = True
        self.opening = ()
        self._frames.clear()
        self._batch.clear()
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
            self._batch, self._frames, self._bytes = deque(self._frames), [], 0
            while self._batch:
                self._sending_since = loop.time()
                yield next_piece(self._batch)
                self._sending_since = None
            self.opening = ()

    @property
    def _level(self) -> bool:
        """Whether the reader has taken everything, and waits for more."""
        return self._waiting is not None and not self._waiting.done()

    def _wake(self) -> None:
        if self._waiting and not self._waiting.done():
            self._waiting.set_result(None)


def next_piece(batch: deque[bytes | memoryview]) -> bytes | memoryview:
    """Takes small frames together, and of a large one, which is shared, a view of its next PIECE."""
    first = batch.popleft()
    if len(first) > PIECE:
        view = memoryview(first)
        batch.appendleft(view[PIECE:])
        return view[:PIECE]
    small, size = [first], len(first)
    while batch and size + len(batch[0]) <= PIECE:
        small.append(batch.popleft())
        size += len(small[-1])
    return first if len(small) == 1 else b"".join(small)
