"""A PDF: each page a picture, in rows. What is written on a page is the picture's description, so it is found."""

import io
from math import ceil, sqrt
from typing import TYPE_CHECKING, Any

from app.exchange.ground.drawing import Drawing, Refused
from app.exchange.ground.values import words
from app.shapes.declared import TEXTS

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument, PdfPage

MOST = 50  # pages
SIDE = 2_000  # px of the picture, the longest
PX = 96 / 72  # of the board, in a point
GAP = 40  # px between two pages
LARGEST = 8 * 2**20  # bytes of a picture without loss
DAMAGED = "This file is a PDF, but it is damaged, cut off or locked by a password."


def read_pdf(data: bytes) -> Drawing:
    from pypdfium2 import PdfDocument, PdfiumError  # 20 MB, which other files do not need

    try:
        document = PdfDocument(data)
        return pages_of(document)
    except PdfiumError:
        raise Refused(DAMAGED) from None


def pages_of(document: "PdfDocument") -> Drawing:
    drawing = Drawing(title=words(document.get_metadata_dict().get("Title")))
    count = min(MOST, len(document))
    drawing.lost["more"] = len(document) - count
    across = ceil(sqrt(count))
    x = y = high = 0.0
    for n in range(count):
        page = document[n]
        w, h = (round(PX * side, 2) for side in page.get_size())
        if not (w > 0 and h > 0):
            continue
        if n and n % across == 0:
            x, y, high = 0.0, y + high + GAP, 0.0
        shape: dict[str, Any] = {
            "id": f"page {n}",
            "kind": "image",
            "file": f"page {n}",
            "x": x,
            "y": y,
            "w": w,
            "h": h,
        }
        drawing.shapes.append({**shape, "alt": said(page, n)})
        drawing.pictures[f"page {n}"] = painted(page)
        x, high = x + w + GAP, max(high, h)
        page.close()
    return drawing


def said(page: "PdfPage", n: int) -> str:
    text = " ".join(words(page.get_textpage().get_text_bounded()).split())
    return f"Page {n + 1}: {text}"[: TEXTS["alt"]].rstrip(": ")


def painted(page: "PdfPage") -> bytes:
    image: Image = page.render(scale=SIDE / max(page.get_size())).to_pil()
    body = io.BytesIO()
    image.save(body, "PNG", compress_level=1)
    if body.tell() > LARGEST:
        body = io.BytesIO()
        image.convert("RGB").save(body, "JPEG", quality=90)
    return body.getvalue()
