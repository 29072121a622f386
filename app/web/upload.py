"""Receives a picture with its place: onto disk, counted and hashed, before anything decodes it."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from pydantic import ValidationError

from app.errors import BadRequest
from app.images.place import Place
from app.images.spool import Spool
from app.text import file_name
from app.web.faults import invalid
from app.web.multipart import read_form

RECEIVE_LIMIT = 600.0  # s for a whole upload


@dataclass(frozen=True)
class Upload:
    spool: Spool
    name: str
    place: Place


async def uploaded(request: Request) -> AsyncIterator[Upload]:
    """Raises BadRequest, Invalid, TooLarge, UnsupportedMedia."""
    with Spool() as spool:
        try:
            async with asyncio.timeout(RECEIVE_LIMIT):
                form = await read_form(request, spool.write)
            await spool.flush()
            place = Place.model_validate(form.fields)
        except TimeoutError:
            raise BadRequest(f"The picture did not come within {RECEIVE_LIMIT:.0f} s.") from None
        except ValidationError as error:
            raise invalid(error) from None
        yield Upload(spool, file_name(form.filename or "") or "picture", place)


NewUpload = Annotated[Upload, Depends(uploaded)]
