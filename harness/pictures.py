"""Pictures as people send them."""

import io
from typing import Any

import aiohttp
from PIL import Image

from harness.people import Answer, Person


def picture(width: int = 40, height: int = 30, color: str = "teal", kind: str = "PNG", **options: Any) -> bytes:
    """A file of that kind with one colour."""
    body = io.BytesIO()
    Image.new("RGB", (width, height), color).save(body, kind, **options)
    return body.getvalue()


def form(body: bytes, name: str = "picture.png", **fields: Any) -> aiohttp.FormData:
    data = aiohttp.FormData(quote_fields=False)
    for field, value in fields.items():
        data.add_field(field, str(value))
    data.add_field("file", io.BytesIO(body), filename=name, content_type="application/octet-stream")
    return data


async def send(person: Person, board: str, body: bytes, name: str = "picture.png", **fields: Any) -> Answer:
    return await person.request("POST", f"/boards/{board}/images", data=form(body, name, **fields))


async def add(person: Person, board: str, body: bytes | None = None, **fields: Any) -> dict[str, Any]:
    """The new shape."""
    answer = await send(person, board, picture() if body is None else body, **fields)
    assert answer.status == 201, answer.body
    shape: dict[str, Any] = answer.json
    return shape
