"""PDFs and pictures as boards."""

import io

import pytest
from PIL import Image
from pypdfium2 import PdfDocument

from app.exchange.ground.drawing import Refused, told
from app.exchange.reading.changes import prepare
from app.exchange.reading.formats import read
from harness.pictures import picture


def pdf(pages: int, width: float = 300, height: float = 150) -> bytes:
    document = PdfDocument.new()
    for _ in range(pages):
        document.new_page(width, height)
    body = io.BytesIO()
    document.save(body)
    return body.getvalue()


def test_each_page_is_a_picture_in_rows() -> None:
    drawing = read(pdf(3))
    shapes = prepare(drawing, "seed", None)
    assert [(one["x"], one["y"], one["w"], one["h"]) for one in shapes] == [
        *((0, 0, 400, 200), (440, 0, 400, 200), (0, 240, 400, 200)),
    ]
    assert [one["alt"] for one in shapes] == ["Page 1", "Page 2", "Page 3"]
    assert Image.open(io.BytesIO(drawing.pictures["p0"])).size == (2_000, 1_000)


def test_only_so_many_pages_are_taken() -> None:
    drawing = read(pdf(52, 30, 15))
    assert len(drawing.shapes) == 50
    assert told(drawing.lost) == ["2 pages were left out"]


def test_a_pdf_without_pages_is_refused() -> None:
    with pytest.raises(Refused, match="damaged"):
        read(b"%PDF-1.7\nnothing")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF", "AVIF"])
def test_a_picture_is_as_large_as_it_is_up_to_800_px(kind: str) -> None:
    (small,), (large,) = (read(picture(*size, kind=kind)).shapes for size in ((40, 30), (1_600, 400)))
    assert (small["w"], small["h"]) == (40, 30)
    assert (large["w"], large["h"]) == (800, 200)


def test_a_picture_on_its_side_stands() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    body = io.BytesIO()
    Image.new("RGB", (40, 20)).save(body, "JPEG", exif=exif)
    (shape,) = read(body.getvalue()).shapes
    assert (shape["w"], shape["h"]) == (20, 40)
