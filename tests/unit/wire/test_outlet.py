"""The way past `send`: pieces as `send` would write them, and none for a client who takes nothing."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.server import ServerState

from app.wire import Crowd, connections_of
from app.wire.outlet import NAME

PIECE = b"x" * 1000
Write = Callable[[Callable[[bytes], bool]], Awaitable[None]]


def answering(write: Write) -> ASGIApp:
    async def app(scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await write(scope["extensions"][NAME]["write"])
        await send({"type": "http.response.body", "body": b"end", "more_body": False})

    return app


@asynccontextmanager
async def asking(write: Write) -> AsyncIterator[asyncio.StreamReader]:
    """What a client reads of an answer that is written so."""
    config = uvicorn.Config(answering(write), log_config=None)
    config.load()
    connect, state = connections_of(Crowd(0, 0, [])), ServerState()
    server = await asyncio.get_running_loop().create_server(
        lambda: connect(config=config, server_state=state, app_state={}), "127.0.0.1", 0
    )
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    writer.write(b"GET / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
    yield reader
    writer.close()
    server.close()


async def test_pieces_are_chunks_of_the_answer_s_body() -> None:
    async def write(outlet: Callable[[bytes], bool]) -> None:
        assert outlet(b"one")
        assert outlet(PIECE)

    async with asking(write) as reader:
        head, _, body = (await reader.read()).partition(b"\r\n\r\n")
    assert b"transfer-encoding: chunked" in head
    assert body == b"3\r\none\r\n3e8\r\n%b\r\n3\r\nend\r\n0\r\n\r\n" % PIECE


async def test_a_client_who_takes_nothing_is_written_nothing_more() -> None:
    written = 0
    full = asyncio.Event()

    async def write(outlet: Callable[[bytes], bool]) -> None:
        nonlocal written
        while outlet(PIECE):
            written += 1
        assert not outlet(PIECE)
        full.set()

    async with asking(write) as reader:
        await full.wait()
        assert (await reader.read()).count(PIECE) == written  # once it reads, it gets all of it


async def test_a_client_who_is_gone_is_written_nothing() -> None:
    gone, told = asyncio.Event(), asyncio.get_running_loop().create_future()

    async def write(outlet: Callable[[bytes], bool]) -> None:
        await gone.wait()
        while outlet(PIECE):
            await asyncio.sleep(0)
        told.set_result(True)

    async with asking(write) as reader:
        await reader.readuntil(b"\r\n\r\n")
    gone.set()
    assert await told
