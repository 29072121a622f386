"""One connection without an HTTP client, so that the load generator measures the server and not itself."""

import asyncio


class RawSocket(asyncio.Protocol):
    """Keeps the transport for the kinds of connections that the bench opens."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def close(self) -> None:
        if self._transport:
            self._transport.close()
