"""A deployment's socket played by the test, message by message, for what a right deployment never does."""

import asyncio
import base64
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import orjson
from aiohttp import WSMsgType, web

PATIENCE = 10.0  # s


def ts64(ts: int) -> str:
    return base64.b64encode(struct.pack("<Q", ts)).decode()


class Conversation:
    """One connection, seen from the deployment."""

    def __init__(self, socket: web.WebSocketResponse) -> None:
        self.socket = socket
        self.heard: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self.version = {"querySet": 0, "identity": 0, "ts": ts64(0)}

    async def hear(self, kind: str) -> dict[str, Any]:
        """The next message, which must be of this type."""
        async with asyncio.timeout(PATIENCE):
            message = await self.heard.get()
        assert message is not None, f"closed instead of {kind}"
        assert message["type"] == kind, message
        return message

    async def hear_end(self) -> None:
        async with asyncio.timeout(PATIENCE):
            message = await self.heard.get()
        assert message is None, message

    async def say(self, kind: str, **fields: Any) -> None:
        await self.socket.send_str(orjson.dumps({"type": kind, **fields}).decode())

    def transition(self, *modifications: dict[str, Any], **end: int) -> dict[str, Any]:
        """The next Transition, from the last version on; `end` is what moves: query_set, identity, ts."""
        names = {"query_set": "querySet", "identity": "identity"}
        start, self.version = self.version, dict(self.version)
        for name, value in end.items():
            self.version[names.get(name, name)] = ts64(value) if name == "ts" else value
        return {
            "type": "Transition",
            "startVersion": start,
            "endVersion": self.version,
            "modifications": list(modifications),
        }

    async def move(self, *modifications: dict[str, Any], **end: int) -> None:
        await self.say(**{"kind": "Transition"}, **without_type(self.transition(*modifications, **end)))

    async def accept(self) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """Hear Connect and one ModifyQuerySet; both."""
        connect = await self.hear("Connect")
        modify = await self.hear("ModifyQuerySet")
        return connect, modify["modifications"]


def without_type(message: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in message.items() if name != "type"}


def updated(query_id: int, value: Any, journal: str | None = None) -> dict[str, Any]:
    return {"type": "QueryUpdated", "queryId": query_id, "value": value, "logLines": [], "journal": journal}


def failed(query_id: int, message: str, **data: Any) -> dict[str, Any]:
    return {
        "type": "QueryFailed",
        "queryId": query_id,
        "errorMessage": message,
        "logLines": [],
        "journal": None,
        **data,
    }


class Peer:
    """Accepts connections and hands them to the test, one after another."""

    def __init__(self) -> None:
        self.url = ""
        self._waiting: asyncio.Queue[Conversation] = asyncio.Queue()

    async def answer(self) -> Conversation:
        async with asyncio.timeout(PATIENCE):
            return await self._waiting.get()

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        conversation = Conversation(socket)
        self._waiting.put_nowait(conversation)
        async for message in socket:
            assert message.type is WSMsgType.TEXT
            conversation.heard.put_nowait(orjson.loads(message.data))
        conversation.heard.put_nowait(None)
        return socket


@asynccontextmanager
async def playing() -> AsyncIterator[Peer]:
    peer = Peer()
    application = web.Application()
    application.router.add_get("/api/sync", peer.handle)
    runner = web.AppRunner(application, shutdown_timeout=0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    peer.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield peer
    finally:
        await runner.cleanup()
