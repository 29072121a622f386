"""A server that is far away: a TCP relay that holds back every byte for half of the round trip."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

READ = 1 << 16  # bytes at a time


@asynccontextmanager
async def distant(url: str, round_trip: float) -> AsyncIterator[str]:
    """The URL under which the server at `url` is so many seconds away."""
    port = int(url.rpartition(":")[2])

    async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            there, back = await asyncio.open_connection("127.0.0.1", port)
            await asyncio.gather(carry(reader, back, round_trip / 2), carry(there, writer, round_trip / 2))

    async with await asyncio.start_server(relay, "127.0.0.1", 0) as server:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def carry(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, delay: float) -> None:
    loop = asyncio.get_running_loop()
    waiting: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

    async def deliver() -> None:
        data = b"first"
        while data:
            due, data = await waiting.get()
            await asyncio.sleep(due - loop.time())
            writer.write(data)
        writer.close()

    async with asyncio.TaskGroup() as both:
        both.create_task(deliver())
        data = b"first"
        while data:
            with suppress(OSError):
                data = await reader.read(READ)
            waiting.put_nowait((loop.time() + delay, data))
