"""A reader of a board's stream, on a real connection."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import aiohttp
import orjson

from harness.people import Person

PATIENCE = 10.0  # s


@dataclass(frozen=True)
class Frame:
    """`event` is "message" for what htmx swaps, "comment" for what nobody sees."""

    event: str
    data: str
    id: str | None = None
    retry: int | None = None

    @property
    def json(self) -> Any:
        return orjson.loads(self.data)


@dataclass
class Reader:
    answer: aiohttp.ClientResponse
    seen: list[Frame] = field(default_factory=list)
    _text: str = ""

    async def next(self) -> Frame | None:
        """The next frame; None at the end of the stream."""
        while "\n\n" not in self._text:
            piece = await self.answer.content.readany()
            if not piece:
                return None
            self._text += piece.decode()
        text, self._text = self._text.split("\n\n", 1)
        self.seen.append(parse(text))
        return self.seen[-1]

    async def until(self, wanted: Callable[[Frame], bool], limit: float = PATIENCE) -> Frame:
        """The first frame from here on that is wanted. Fails when the stream ends without."""
        async with asyncio.timeout(limit):
            while frame := await self.next():
                if wanted(frame):
                    return frame
        raise AssertionError(f"the stream ended; it had {self.seen}")

    async def event(self, name: str, limit: float = PATIENCE) -> Frame:
        return await self.until(lambda frame: frame.event == name, limit)

    async def message(self, part: str, limit: float = PATIENCE) -> Frame:
        """The first message that has this in it."""
        return await self.until(lambda frame: frame.event == "message" and part in frame.data, limit)

    async def rest(self, limit: float = PATIENCE) -> list[Frame]:
        """What comes until the end of the stream."""
        start = len(self.seen)
        async with asyncio.timeout(limit):
            while await self.next():
                pass
        return self.seen[start:]


def parse(text: str) -> Frame:
    fields: dict[str, str] = {}
    for line in text.split("\n"):
        name, _, value = line.partition(":")
        fields[name] = fields.get(name, "") + value.removeprefix(" ")
    event = "comment" if "" in fields else fields.get("event", "message")
    return Frame(event, fields.get("data", ""), fields.get("id"), int(fields["retry"]) if "retry" in fields else None)


@contextlib.asynccontextmanager
async def reading(person: Person, board: str, query: str = "", url: str = "", **headers: str) -> AsyncIterator[Reader]:
    """The board's stream as this person; `url` is another web process's."""
    headers = {"Authorization": f"Bearer {person.token}", **headers}
    address = f"{url or person.url}/boards/{board}/stream{query}"
    async with person.http.get(address, headers=headers, timeout=aiohttp.ClientTimeout(None)) as answer:
        assert answer.status == 200, await answer.text()
        yield Reader(answer)
