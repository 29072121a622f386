"""A network that can fail: a TCP relay between the browser and the server, cut and restored by the test."""

import asyncio
from contextlib import suppress
from types import TracebackType
from typing import Self

from harness.processes import free_port


class Network:
    def __init__(self, port: int) -> None:
        self._server_port = port
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self._up = True
        self._writers: set[asyncio.StreamWriter] = set()

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._relay, "127.0.0.1", self.port)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.cut()
        self._server.close()
        await self._server.wait_closed()

    def cut(self) -> None:
        """Every connection is reset, and new ones are too."""
        self._up = False
        for writer in self._writers:
            writer.transport.abort()

    def restore(self) -> None:
        self._up = True

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self._up:
            writer.transport.abort()
            return
        with suppress(OSError):
            there, back = await asyncio.open_connection("127.0.0.1", self._server_port)
            self._writers |= {writer, back}
            await asyncio.gather(pump(reader, back), pump(there, writer))
            self._writers -= {writer, back}


async def pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError, asyncio.IncompleteReadError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    writer.close()
