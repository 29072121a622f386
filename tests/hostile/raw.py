"""A client that follows no rules: bytes out, bytes in."""

import asyncio
import contextlib
import os
import socket
from pathlib import Path
from typing import Self

import orjson

PATIENCE = 60.0  # s for what has to happen on the busiest machine
TICKS = os.sysconf("SC_CLK_TCK")


class Raw:
    """One connection. Sending stops, silently, once the server has hung up."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    @classmethod
    async def open(cls, port: int, source: str = "127.0.0.1", window: int = 0) -> Self:
        """From another address of this machine, or with room for so many bytes only."""
        own = socket.socket()
        own.bind((source, 0))
        if window:
            own.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
        own.setblocking(False)
        await asyncio.get_running_loop().sock_connect(own, ("127.0.0.1", port))
        return cls(*await asyncio.open_connection(sock=own))

    async def send(self, data: bytes, times: int = 1) -> int:
        """How many times it could be sent."""
        for sent in range(times):
            try:
                self.writer.write(data)
                async with asyncio.timeout(PATIENCE):
                    await self.writer.drain()
            except (OSError, TimeoutError):
                return sent
            if self.writer.is_closing() or self.reader.at_eof():
                return sent
        return times

    async def rest(self) -> bytes:
        """Everything until the server hangs up, which it must."""
        got = b""
        with contextlib.suppress(ConnectionError):
            async with asyncio.timeout(PATIENCE):
                while part := await self.reader.read(65536):
                    got += part
        self.close()
        return got

    async def answer(self) -> tuple[int, bytes]:
        """Status and body of the one answer until the server hangs up; 0 if it says nothing."""
        head, _, body = (await self.rest()).partition(b"\r\n\r\n")
        return int(head.split(b" ")[1]) if head else 0, body

    async def error(self) -> tuple[int, str]:
        """Status and code of an error."""
        status, body = await self.answer()
        return status, orjson.loads(body)["error"]["code"] if body else ""

    def close(self) -> None:
        self.writer.transport.abort()


def request(method: str, path: str, *headers: str, body: bytes = b"") -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *headers]
    return "\r\n".join([*lines, "", ""]).encode() + body


def cpu(pid: int) -> float:
    """Seconds that a process has computed: what an attack costs, on any machine."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory(pid: int) -> int:
    """Resident bytes of a process."""
    return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
