"""A `.excalidraw` file, or what Excalidraw puts on a clipboard."""

import base64
import binascii
import re
from typing import Any

from app.exchange.reading.drawing import Drawing
from app.exchange.reading.elements import shapes_of
from app.exchange.reading.values import entries, table

DATA = re.compile(r"data:image/[a-z0-9.+-]{1,40}(?:;charset=[\w-]{1,20})?;base64,", re.IGNORECASE)


def read_excalidraw(found: dict[str, Any]) -> Drawing:
    drawing = Drawing()
    drawing.shapes = shapes_of(entries(found.get("elements")), drawing.lost)
    drawing.pictures = pictures_of(table(found.get("files")))
    return drawing


def pictures_of(files: dict[str, Any]) -> dict[str, bytes]:
    """By their ids; one whose data is no picture is left out."""
    read = {id: decoded(table(file).get("dataURL")) for id, file in files.items()}
    return {id: picture for id, picture in read.items() if picture}


def decoded(url: Any) -> bytes:
    """The bytes of a `data:` URL of a picture."""
    head = DATA.match(url) if isinstance(url, str) else None
    if not head:
        return b""
    try:
        return base64.b64decode(url[head.end() :], validate=False)
    except (binascii.Error, ValueError):
        return b""
