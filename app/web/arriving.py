"""Receives a file to import, in a form or as the whole body: onto disk, counted, before anything reads it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated, Literal, Self

from fastapi import Depends, Request
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from pydantic_core import PydanticCustomError

from app.errors import BadRequest
from app.images.spool import Spool
from app.shapes import Coordinate
from app.text import MAX_TITLE, MaybeTitle, file_name, one_line
from app.web.faults import invalid
from app.web.multipart import read_form

LARGEST = 64 * 2**20  # bytes
LARGEST_ARCHIVE = 512 * 2**20  # bytes, as of one that is made
RECEIVE_LIMIT = 600.0  # s for a whole file
DRAWINGS = (".easel.json", ".excalidraw", ".excalidrawlib", ".tldr", ".json", ".pdf", ".svg")
ENDINGS = (*DRAWINGS, ".png", ".jpg", ".jpeg", ".webp", ".gif", ".avif")
UNNAMED = "Imported board"


class Where(BaseModel):
    """The fields beside the file: of a form, or of the address. `x, y` is where its middle goes on a board. `as=alike`
    opens a drawing in SVG only if it looks the same as shapes.
    """

    model_config = ConfigDict(extra="forbid")

    x: Coordinate | None = None
    y: Coordinate | None = None
    name: str = ""
    title: MaybeTitle = None
    how: Literal["shapes", "alike"] = Field("shapes", alias="as")

    @model_validator(mode="after")
    def _both(self) -> Self:
        if (self.x is None) != (self.y is None):
            raise PydanticCustomError("place", "x and y go together")
        return self

    @property
    def at(self) -> tuple[float, float] | None:
        return None if self.x is None or self.y is None else (self.x, self.y)


@dataclass(frozen=True)
class Arriving:
    spool: Spool
    name: str
    where: Where

    def title(self, own: str) -> str:
        """Of a new board: what the person says, what the file says, what it is called."""
        return self.where.title or one_line(own, MAX_TITLE) or stem(self.name) or UNNAMED


async def arriving(request: Request) -> AsyncIterator[Arriving]:
    """Raises BadRequest, Invalid, TooLarge."""
    async for arrived in arriving_up_to(request, LARGEST, "A file to import"):
        yield arrived


async def arriving_archive(request: Request) -> AsyncIterator[Arriving]:
    """The same, of a ZIP archive of boards."""
    async for arrived in arriving_up_to(request, LARGEST_ARCHIVE, "A ZIP archive"):
        yield arrived


async def arriving_up_to(request: Request, largest: int, what: str) -> AsyncIterator[Arriving]:
    with Spool(largest, what) as spool:
        try:
            async with asyncio.timeout(RECEIVE_LIMIT):
                name, fields = await received(request, spool)
            await spool.flush()
            where = Where.model_validate(fields)
        except TimeoutError:
            raise BadRequest(f"The file did not come within {RECEIVE_LIMIT:.0f} s.") from None
        except ValidationError as error:
            raise invalid(error) from None
        await spool.head(0)
        yield Arriving(spool, name or file_name(where.name), where)


async def received(request: Request, spool: Spool) -> tuple[str, dict[str, str]]:
    """The file's name, if it came with one, and the fields."""
    if request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        form = await read_form(request, spool.write)
        return file_name(form.filename or ""), form.fields
    async for part in request.stream():
        await spool.write(part)
    return "", dict(request.query_params)


def stem(name: str) -> str:
    """A file's name without what says its kind."""
    ending = next((ending for ending in ENDINGS if name.lower().endswith(ending)), "")
    return one_line(name[: len(name) - len(ending)], MAX_TITLE)


NewFile = Annotated[Arriving, Depends(arriving)]
NewArchive = Annotated[Arriving, Depends(arriving_archive)]
