"""What a file is, by its content, and who reads it."""

from collections.abc import Callable
from typing import Any

import orjson

from app.exchange.excalidraw.file import read_excalidraw
from app.exchange.excalidraw.library import read_library
from app.exchange.excalidraw.scene import scene_of
from app.exchange.ground.drawing import Drawing, Refused
from app.exchange.reading.easel import read_easel
from app.exchange.reading.pages import read_pdf
from app.exchange.reading.picture import read_picture
from app.exchange.svg import read_svg
from app.exchange.tldraw import read_tldraw
from app.images.content import HEAD, Content, content_of, decoded

TAKEN = "Easel opens its own boards (.easel.json), Excalidraw's and tldraw's files, PDFs, SVG and pictures."
UNLIKE = "This SVG drawing would look different as shapes: it is rather a picture."
ARCHIVE = "Open it on the list of boards: it may have boards in it."
MOST_PARTS = 6_000_000  # objects and lists: they take 0.8 GB (measured)
DAMAGED = "a part of it is missing or damaged"

# By the value of `type`.
TYPES: dict[str, tuple[str, Callable[[dict[str, Any]], Drawing]]] = {
    "easel": ("an Easel board", read_easel),
    "excalidraw": ("an Excalidraw drawing", read_excalidraw),
    "excalidraw/clipboard": ("an Excalidraw drawing", read_excalidraw),
    "excalidrawlib": ("an Excalidraw library", read_library),
    "application/tldraw": ("a tldraw drawing", read_tldraw),
}


def read(data: bytes, alike: bool = False) -> Drawing:
    """Raises Refused, with a sentence for the person whose file it is; if `alike`, also if it would look different."""
    if not data:
        raise Refused("This file is empty (0 bytes).")
    content = content_of(data[:HEAD])
    scene = scene_of(data)
    if scene is not None:
        return read_json(scene, "an Excalidraw drawing")
    if content.kind:
        return picture(data, content)
    if content.title == "a PDF":
        return read_pdf(data)
    if content.title == "an SVG drawing":
        drawing = read_svg(data)
        if alike and not drawing.alike:
            raise Refused(UNLIKE)
        return drawing
    if content.title == "a ZIP archive":
        raise Refused(f"This file is a ZIP archive. {ARCHIVE}")
    if not content.json:
        raise Refused(f"This file is {content.title}. {TAKEN}")
    return read_json(utf8(data), content.title)


def picture(data: bytes, content: Content) -> Drawing:
    try:
        return read_picture(data, content.kind)
    except Exception:  # whatever Pillow says of a file that is not what it seems
        raise Refused(f"This file is {content.title}, but {DAMAGED}.") from None


def read_json(data: bytes, title: str) -> Drawing:
    if data.count(b"{") + data.count(b"[") > MOST_PARTS:
        raise Refused(f"This file is {title} of more than {MOST_PARTS:,} parts: split it into several.")
    try:
        found = orjson.loads(data)
    except ValueError:  # cut off, NaN, nested too deeply, a number too large
        raise Refused(f"This file is {title}, but {DAMAGED}.") from None
    if isinstance(found, dict):
        if "tldrawFileFormatVersion" in found:
            return read_tldraw(found)
        kind = found.get("type")
        if isinstance(kind, str) and kind in TYPES:
            return TYPES[kind][1](found)
    raise Refused(f"This file is JSON, but no drawing that Easel knows. {TAKEN}")


def utf8(data: bytes) -> bytes:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:2]:
        return (decoded(data) or "").encode()
    return data.removeprefix(b"\xef\xbb\xbf")
