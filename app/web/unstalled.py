"""Sends a body in parts to whoever takes them in time."""

import asyncio
from collections.abc import AsyncIterator

from starlette.requests import ClientDisconnect
from starlette.types import Send

STALLED = 10.0  # s for 64 KiB: whoever takes longer would keep from others what the parts come from


async def send_parts(send: Send, headers: list[tuple[bytes, bytes]], parts: AsyncIterator[bytes]) -> None:
    """Raises ClientDisconnect."""
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    async for part in parts:
        try:
            async with asyncio.timeout(STALLED):
                await send({"type": "http.response.body", "body": part, "more_body": True})
        except TimeoutError:
            raise ClientDisconnect() from None
    await send({"type": "http.response.body", "body": b""})
