"""The end of a connection whose client is still sending: the client has to read the answer first."""

import asyncio
from collections.abc import Callable
from typing import Any


class Parting:
    """The transport as uvicorn's answers know it. To close it means to call `part`.

    A socket that is closed while bytes come in resets the connection, and the reset may overtake the answer: the
    client then sees a failure instead of our sentence (RFC 9112, 9.6).
    """

    def __init__(self, transport: asyncio.Transport, part: Callable[[], None]) -> None:
        self._transport = transport
        self.write, self.is_closing = transport.write, transport.is_closing
        self.close = part

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)
