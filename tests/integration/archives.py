"""Archives of all boards of a person: made, waited for, taken."""

import asyncio
import io
import json
import zipfile
from typing import Any

from harness.people import Person

Json = dict[str, Any]
EMPTY = b'{"type": "easel", "version": 1, "title": "Empty", "shapes": []}'


def zipped(entries: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", how) as archive:
        for name, body in entries.items():
            archive.writestr(name, body)
    return file.getvalue()


async def state(person: Person) -> Json | None:
    answer = await person.get("/archive")
    assert answer.status == 200, answer.body
    found: Json | None = answer.json["archive"]
    return found


async def finished(person: Person) -> Json:
    async with asyncio.timeout(60):
        while True:
            found = await state(person)
            if found is None or found["state"] != "working":
                assert found
                return found
            await asyncio.sleep(0.05)


async def made(person: Person, **wanted: Any) -> bytes:
    """The ZIP file."""
    answer = await person.post("/archive", wanted)
    assert answer.status == 202, answer.body
    found = await finished(person)
    assert found["state"] == "ready", found
    answer = await person.get("/archive.zip")
    assert (answer.status, len(answer.body)) == (200, found["size"])
    return answer.body


def index(archive: bytes) -> Json:
    with opened(archive) as file:
        found: Json = json.loads(file.read("boards.json"))
        return found


def opened(archive: bytes) -> zipfile.ZipFile:
    file = zipfile.ZipFile(io.BytesIO(archive))
    assert file.testzip() is None
    return file
