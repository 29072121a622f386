"""Work that ends when whoever asked for it goes away."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from starlette.requests import ClientDisconnect, Request
from starlette.types import Message

from app.web.there import there


class Client:
    """One that has sent its body, and stays until it is told to go."""

    def __init__(self) -> None:
        self.left = asyncio.Event()
        self.ended: list[str] = []

    @property
    def request(self) -> Request:
        return Request({"type": "http"}, self.receive)

    async def receive(self) -> Message:
        await self.left.wait()
        return {"type": "http.disconnect"}

    @asynccontextmanager
    async def work(self, seconds: float) -> AsyncIterator[str]:
        try:
            await asyncio.sleep(seconds)
            yield "done"
        except asyncio.CancelledError:
            self.ended.append("cancelled")
            raise
        finally:
            self.ended.append("closed")


async def test_what_is_done_in_time_is_had_and_closed() -> None:
    client = Client()
    async with there(client.request, client.work(0)) as found:
        client.left.set()  # too late to stop it
        assert (found, client.ended) == ("done", [])
    assert client.ended == ["closed"]


async def test_who_goes_away_stops_it() -> None:
    client = Client()
    client.left.set()
    with pytest.raises(ClientDisconnect):
        async with there(client.request, client.work(60)):
            pass
    assert client.ended == ["cancelled", "closed"]


async def test_a_request_that_is_cancelled_stops_it() -> None:
    client = Client()

    async def handle() -> None:
        async with there(client.request, client.work(60)):
            pass

    task = asyncio.create_task(handle())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert client.ended == ["cancelled", "closed"]


async def test_its_own_refusal_is_passed_on() -> None:
    @asynccontextmanager
    async def refused() -> AsyncIterator[None]:
        raise ValueError("no")
        yield

    with pytest.raises(ValueError, match="no"):
        async with there(Client().request, refused()):
            pass
