"""Incoming hooks: made by their owner, and called by a program without a session."""

import asyncio
from typing import Any

import aiohttp
import orjson

from harness.people import Answer, Person

NOTES = 60  # of a hook, a minute: convex/model/limits.ts


async def hook_of(owner: Person, board: str, name: str = "CI") -> dict[str, Any]:
    """A new hook with its url."""
    made = await owner.post(f"/boards/{board}/hooks", {"name": name})
    assert made.status == 201, made.body
    hook: dict[str, Any] = made.json
    return hook


async def send(http: aiohttp.ClientSession, url: str, note: Any = None, **options: Any) -> Answer:
    """Sends a note as JSON, or `data` as it is; in time, once the board has been looked over."""
    headers = options.pop("headers", {})
    if note is not None:
        options["data"], headers = orjson.dumps(note), {"Content-Type": "application/json"} | headers
    async with asyncio.timeout(30):
        while True:
            async with http.post(url, headers=headers, **options) as answer:
                found = Answer(answer.status, answer.headers, await answer.read())
            if found.status != 503:
                return found


async def put(http: aiohttp.ClientSession, url: str, text: str = "Build 7 failed", **note: Any) -> dict[str, Any]:
    answer = await send(http, url, {"text": text, **note})
    assert answer.status == 201, answer.body
    made: dict[str, Any] = answer.json
    return made
