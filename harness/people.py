"""People who use the HTTP API as a program would, with a Bearer token."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

import aiohttp
import orjson


@dataclass
class Answer:
    status: int
    headers: Any
    body: bytes

    @property
    def json(self) -> Any:
        return orjson.loads(self.body)

    @property
    def error(self) -> Any:
        """The error object; fails for an answer that is not in the error shape."""
        assert set(self.json) == {"error"}, self.body
        assert {"code", "message"} <= set(self.json["error"]) <= {"code", "message", "field", "index", "limit"}
        return self.json["error"]


@dataclass
class Person:
    http: aiohttp.ClientSession
    url: str
    name: str
    id: str
    token: str

    @classmethod
    async def sign_in(cls, http: aiohttp.ClientSession, url: str, name: str) -> Self:
        async with http.post(f"{url}/session", json={"name": name}) as answer:
            assert answer.status == 201, await answer.text()
            session = await answer.json()
        return cls(http, url, name, session["user"]["id"], session["token"])

    async def elsewhere(self) -> Self:
        """The same guest in another browser, with a session of its own."""
        link = (await self.post("/session/key", {"kind": "link"})).json["key"]
        async with self.http.post(f"{self.url}/session", json={"key": link}) as answer:
            assert answer.status == 201, await answer.text()
            return replace(self, token=(await answer.json())["token"])

    async def request(self, method: str, path: str, **options: Any) -> Answer:
        headers = {
            "Authorization": f"Bearer {self.token}",
            "Accept": "application/json",
            **options.pop("headers", {}),
        }
        async with self.http.request(
            method, self.url + path, headers=headers, allow_redirects=False, **options
        ) as answer:
            return Answer(answer.status, answer.headers, await answer.read())

    async def get(self, path: str, **options: Any) -> Answer:
        return await self.request("GET", path, **options)

    async def post(self, path: str, json: Any = None, **options: Any) -> Answer:
        return await self.request("POST", path, json=json, **options)

    async def create_board(self, title: str = "A board", visibility: str | None = None) -> str:
        answer = await self.post("/boards", {"title": title})
        assert answer.status == 201, answer.body
        board: str = answer.json["id"]
        if visibility:
            assert (await self.request("PATCH", f"/boards/{board}", json={"visibility": visibility})).status < 300
        return board

    async def draw(self, board: str, *strokes: dict[str, Any], change_id: str | None = None) -> Answer:
        """One change that puts these strokes."""
        change = {"changeId": change_id or str(uuid.uuid4()), "put": list(strokes)}
        return await self.post(f"/boards/{board}/changes", change)

    async def shapes(self, board: str) -> list[dict[str, Any]]:
        answer = await self.get(f"/boards/{board}.json")
        assert answer.status == 200, answer.body
        found: list[dict[str, Any]] = answer.json["shapes"]
        return found


def stroke(
    shape_id: str | None = None, points: Sequence[float] = (0, 0, 10, 5, 20, 0), **fields: Any
) -> dict[str, Any]:
    """A stroke as the API takes it."""
    return {"id": shape_id or str(uuid.uuid4()), "kind": "stroke", "points": list(points), **fields}


def shape_of_kind(kind: str, shape_id: str | None = None, **fields: Any) -> dict[str, Any]:
    """A shape as the API takes it."""
    return {"id": shape_id or str(uuid.uuid4()), "kind": kind, **fields}
