"""The process that decodes a picture: what it makes."""

import io
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageCms

from app.errors import Invalid
from app.images.decoder import JOB, Decoder, Variant
from app.images.spool import Spool
from app.workers.pool import Pool
from harness.pictures import picture


@asynccontextmanager
async def decoded(body: bytes, kind: str = "PNG", by: Decoder | None = None) -> AsyncIterator[list[Variant]]:
    with Spool() as spool:
        await spool.write(body)
        await spool.flush()
        await spool.head(1)
        async with (by or Decoder(Pool(1))).decoded(spool.file, kind) as variants:
            yield variants


def opened(variant: Variant) -> Image.Image:
    variant.file.seek(0)
    return Image.open(io.BytesIO(variant.file.read()))


def saved(image: Image.Image, kind: str = "PNG", **options: object) -> bytes:
    body = io.BytesIO()
    image.save(body, kind, **options)
    return body.getvalue()


@pytest.mark.parametrize("orientation", range(1, 9))
async def test_every_orientation_ends_upright(orientation: int) -> None:
    corner = Image.new("RGB", (40, 20), "blue")
    corner.paste("red", (0, 0, 20, 10))
    turns = {1: None, 2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # what a camera held so would have stored
    turn = turns[orientation]
    stored = corner if turn is None else corner.transpose(Image.Transpose(turn))
    exif = Image.Exif()
    exif[0x0112] = orientation
    async with decoded(saved(stored, exif=exif)) as (variant, *_):
        image = opened(variant).convert("RGB")
        assert image.size == (40, 20)
        assert [image.getpixel(at) for at in ((5, 5), (35, 15))] == [(255, 0, 0), (0, 0, 255)]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16", "CMYK"])
async def test_every_kind_of_pixels_is_taken(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    image = Image.new(mode, (30, 20), 40_000 if mode == "I;16" else 0)
    async with decoded(saved(image, kind), kind) as (variant, *others):
        assert (variant.width, variant.height, others) == (30, 20, [])
        grey = opened(variant).convert("RGB").getpixel((3, 3))
        assert mode != "I;16" or grey == pytest.approx((156, 156, 156), abs=2)


async def test_transparent_colours_of_a_palette_stay_transparent() -> None:
    image = Image.new("P", (10, 10), 0)
    image.putpalette([255, 0, 0, 0, 255, 0])
    image.putpixel((5, 5), 1)
    async with decoded(saved(image, transparency=0)) as (variant, *_):
        made = opened(variant).convert("RGBA")
        assert (made.getpixel((0, 0)), made.getpixel((5, 5))) == ((0, 0, 0, 0), (0, 255, 0, 255))


async def test_a_profile_is_applied_and_a_broken_one_ignored() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for icc in (profile, b"no profile at all"):
        async with decoded(saved(Image.new("RGB", (8, 8), (10, 200, 90)), icc_profile=icc)) as (variant, *_):
            assert opened(variant).convert("RGB").getpixel((4, 4)) == pytest.approx((10, 200, 90), abs=1)
            assert "icc_profile" not in opened(variant).info


async def test_variants_are_what_is_said_of_them() -> None:
    async with decoded(picture(3000, 1500)) as variants:
        assert [(one.side, one.width, one.height) for one in variants] == [
            (4096, 3000, 1500),
            (1024, 1024, 512),
            (256, 256, 128),
        ]
        for one in variants:
            assert opened(one).size == (one.width, one.height)


async def test_a_picture_that_breaks_its_worker_gets_a_sentence(tmp_path: Path) -> None:
    script = tmp_path / "worker.py"
    script.write_text("import os; os.abort()")
    with pytest.raises(Invalid, match="memory or time"):
        async with decoded(picture(), by=Decoder(Pool(1), replace(JOB, script=script))):
            pass
