"""A `.excalidraw` file, or what Excalidraw puts on a clipboard."""

from typing import Any

from app.exchange.excalidraw.elements import shapes_of
from app.exchange.ground.data import in_url
from app.exchange.ground.drawing import Drawing
from app.exchange.ground.values import entries, table


def read_excalidraw(found: dict[str, Any]) -> Drawing:
    drawing = Drawing()
    drawing.shapes = shapes_of(entries(found.get("elements")), drawing.lost)
    drawing.pictures = pictures_of(table(found.get("files")))
    return drawing


def pictures_of(files: dict[str, Any]) -> dict[str, bytes]:
    """By their ids; one whose data is no picture is left out."""
    read = {id: in_url(table(file).get("dataURL")) for id, file in files.items()}
    return {id: picture for id, picture in read.items() if picture}
