"""Re-encoding into a format without alpha: whatever is transparent in a file is transparent on the board."""

import io
import struct
import zlib

import pytest
from PIL import Image

from app.images import worker

CLEAR = (0, 0)  # in each picture this pixel is transparent, and the last one opaque
SIZE = 8


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def png(depth: int, color: int, pixel: bytes, clear: bytes, *chunks: bytes) -> bytes:
    """SIZE × SIZE pixels of so many bits of that PNG colour type; the first one is `clear`."""
    rows = [b"\0" + (clear if y == 0 else pixel) + pixel * (SIZE - 1) for y in range(SIZE)]
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", SIZE, SIZE, depth, color, 0, 0, 0))
    body = chunk(b"IDAT", zlib.compress(b"".join(rows)))
    return b"\x89PNG\r\n\x1a\n" + header + b"".join(chunks) + body + chunk(b"IEND", b"")


def saved(kind: str, mode: str = "RGBA", **options: object) -> bytes:
    picture = Image.new("RGBA", (SIZE, SIZE), (200, 30, 30, 255))
    picture.paste((0, 0, 0, 0), (0, 0, 2, 2))
    body = io.BytesIO()
    picture.convert(mode).save(body, kind, **options)
    return body.getvalue()


def trns(*values: int) -> bytes:
    return chunk(b"tRNS", struct.pack(f">{len(values)}H", *values))


PALETTE = chunk(b"PLTE", bytes([0, 0, 0, 200, 30, 30]))
TRANSPARENT = {
    "rgba": ("PNG", saved("PNG")),
    "grey and alpha": ("PNG", saved("PNG", "LA")),
    "a palette with alphas": ("PNG", png(8, 3, b"\1", b"\0", PALETTE, chunk(b"tRNS", b"\0\xff"))),
    "a grey that is clear": ("PNG", png(8, 0, b"\x80", b"\x07", trns(7))),
    "a colour that is clear": ("PNG", png(8, 2, b"\xc8\x1e\x1e", b"\1\2\3", trns(1, 2, 3))),
    "16 bits with alpha": ("PNG", png(16, 6, b"\xc8\0\x1e\0\x1e\0\xff\xff", bytes(8))),
    "16 bits of grey and alpha": ("PNG", png(16, 4, b"\x80\0\xff\xff", bytes(4))),
    "16 bits of grey, one clear": ("PNG", png(16, 0, b"\x80\0", b"\x12\x34", trns(0x1234))),
    "16 bits of colour, one clear": ("PNG", png(16, 2, b"\xc8\0" * 3, b"\0\x64\0\x64\0\x64", trns(100, 100, 100))),
    "gif": ("GIF", saved("GIF")),
    "lossy webp": ("WEBP", saved("WEBP", quality=80)),
    "lossless webp": ("WEBP", saved("WEBP", lossless=True)),
    "avif": ("AVIF", saved("AVIF", quality=90, subsampling="4:4:4")),
}


@pytest.mark.parametrize("what", TRANSPARENT)
def test_what_is_transparent_stays_so(what: str) -> None:
    kind, body = TRANSPARENT[what]
    clean = worker.opened(io.BytesIO(body), kind)
    kept = Image.open(io.BytesIO(worker.encoded(clean, 2**20 if kind in ("PNG", "GIF") else 0)))
    assert kept.mode == "RGBA"
    alpha = kept.getchannel("A")
    assert alpha.getpixel(CLEAR) < 32  # type: ignore[operator]
    assert alpha.getpixel((SIZE - 1, SIZE - 1)) > 223  # type: ignore[operator]


def test_smaller_variants_are_transparent_too() -> None:
    picture = Image.new("RGBA", (3000, 3000), (200, 30, 30, 255))
    picture.paste((0, 0, 0, 0), (0, 0, 1500, 3000))
    small = worker.scaled(picture, 256)
    assert small.getpixel((10, 10)) == (0, 0, 0, 0)
    assert small.getpixel((250, 250)) == (200, 30, 30, 255)


def test_print_colours_are_opaque_and_right() -> None:
    body = io.BytesIO()
    Image.new("CMYK", (SIZE, SIZE), (0, 255, 255, 0)).save(body, "JPEG", quality=95)
    clean = worker.opened(body, "JPEG")
    assert clean.mode == "RGB"
    red, green, blue = clean.getpixel((4, 4))  # type: ignore[misc]
    assert (red > 200, green < 60, blue < 60) == (True, True, True)
