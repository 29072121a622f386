"""Makes a picture harmless: decodes it, puts it upright, writes its pixels into new WebP files. No app, no network.

    app/images/worker.py KIND FULL_FD LARGE_FD SMALL_FD < picture

writes the variants into the three open files and one line of JSON to standard output: `{width, height, variants:
[{side, width, height, size, sha256}]}`, or `{error}` with a sentence for whoever sent it. `side` is the longest that a
variant may have; one that would be no smaller than the full picture is not made. A picture that takes more memory or
time than `decoder.py` gives it ends the process, and nothing else.
"""

import contextlib
import hashlib
import io
import json
import os
import sys
import warnings
from typing import Any

from PIL import Image, ImageCms, ImageMath, UnidentifiedImageError
from PIL.Image import Resampling, Transpose

KINDS = ("PNG", "JPEG", "WEBP", "GIF", "AVIF")
# px, the longest side of the full picture and its variants: bytes, above which a lossless one is made lossy after all.
SIDES = {4096: 4 * 2**20, 1024: 384 * 2**10, 256: 64 * 2**10}
FULL = 4096
MAX_PIXELS = 40_000_000
MAX_SIDE = 32_768  # px

CUT = ("truncated", "not enough", "premature", "unexpected end", "incomplete")  # what decoders say of it
ORIENTATION = 0x0112  # EXIF
LOSSLESS = {"lossless": True, "quality": 50, "method": 2}
LOSSY = {"quality": 85, "method": 2}  # method 4 saves 3 % and takes twice as long


class Refused(Exception):
    """A sentence for the person whose picture it is."""


def main(kind: str, *outputs: str) -> None:
    warnings.simplefilter("error")  # Pillow only warns of some bombs
    Image.MAX_IMAGE_PIXELS = MAX_PIXELS
    try:
        report = convert(sys.stdin.buffer, kind, [int(fd) for fd in outputs])
    except Refused as refused:
        report = {"error": str(refused)}
    except MemoryError:
        report = {"error": "This picture takes too much memory to open."}
    except Exception as error:  # whatever a decoder says of a file that is not what it seems
        report = {"error": reason(error, kind)}
    print(json.dumps(report), flush=True)


def reason(error: Exception, kind: str) -> str:
    """What is wrong with a file that cannot be opened."""
    if isinstance(error, EOFError) or any(word in str(error).lower() for word in CUT):
        return f"This {kind} file is cut off: its end is missing. Copy or download it once more."
    if isinstance(error, UnidentifiedImageError):
        return f"This file begins like {kind}, but what follows is no picture that Easel can open: it may be cut off."
    return f"This {kind} file is damaged or cut off: its pixels cannot be read."


def convert(picture: Any, kind: str, outputs: list[int]) -> dict[str, Any]:
    clean = opened(picture, kind)
    made = []
    for (side, largest), fd in zip(SIDES.items(), outputs, strict=True):
        if side == FULL or max(clean.size) > side:
            variant = scaled(clean, side)
            body = encoded(variant, largest if kind in ("PNG", "GIF") else 0)
            with os.fdopen(fd, "wb", closefd=False) as output:
                output.write(body)
            width, height = variant.size
            digest = hashlib.sha256(body).hexdigest()
            made.append({"side": side, "width": width, "height": height, "size": len(body), "sha256": digest})
    return {"width": clean.width, "height": clean.height, "variants": made}


def opened(picture: Any, kind: str) -> Image.Image:
    """The picture's first frame, upright, in sRGB, at most 4,096 px a side, with nothing else of the file."""
    if kind == "AVIF":
        from PIL import AvifImagePlugin

        AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # each takes 64 MiB of address space
    try:
        found = Image.open(picture, formats=[kind])
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused(f"A picture has at most {MAX_PIXELS // 10**6} megapixels: make it smaller.") from None
    width, height = found.size
    if width * height > MAX_PIXELS or max(width, height) > MAX_SIDE:
        raise Refused(
            f"A picture has at most {MAX_PIXELS // 10**6} megapixels and {MAX_SIDE:,} px a side; "
            f"this one has {width:,} × {height:,} px: make it smaller."
        )
    if kind == "JPEG":
        found.draft("RGB", (FULL, FULL))
    deep = any("16" in str(tile[3]) for tile in found.tile)
    found.load()
    orientation, profile = turned(found), found.info.get("icc_profile")
    plain = upright(in_srgb(scaled(in_rgb(found, deep), FULL), profile), orientation)
    clean = Image.new(plain.mode, plain.size)
    clean.paste(plain)
    return clean


def turned(picture: Image.Image) -> int:
    """The EXIF orientation, 1 to 8."""
    try:
        found = int(picture.getexif().get(ORIENTATION, 1))
    except Exception:  # damaged metadata is no reason to refuse a picture
        return 1
    return found if 1 <= found <= 8 else 1


def upright(picture: Image.Image, orientation: int) -> Image.Image:
    turns = {
        2: Transpose.FLIP_LEFT_RIGHT,
        3: Transpose.ROTATE_180,
        4: Transpose.FLIP_TOP_BOTTOM,
        5: Transpose.TRANSPOSE,
        6: Transpose.ROTATE_270,
        7: Transpose.TRANSVERSE,
        8: Transpose.ROTATE_90,
    }
    return picture.transpose(turns[orientation]) if orientation in turns else picture


def in_rgb(picture: Image.Image, deep: bool) -> Image.Image:
    """As RGB or RGBA of 8 bits; CMYK stays, for its profile. `deep` is a picture of 16 bits a channel."""
    clear = picture.info.get("transparency")
    if picture.mode.startswith("I") or picture.mode == "F":  # 16 bits of grey
        grey = picture.point(lambda value: value * (1 / 256)).convert("L")
        if clear is None:
            return grey.convert("RGB")
        alpha = ImageMath.lambda_eval(lambda of: (of["grey"] != clear) * 255, grey=picture.convert("I")).convert("L")
        return Image.merge("LA", (grey, alpha)).convert("RGBA")
    if deep and isinstance(clear, tuple):  # Pillow has made 8 bits of the pixels alone
        picture.info["transparency"] = tuple(value >> 8 for value in clear)
    transparent = picture.mode in ("RGBA", "LA", "PA", "La", "RGBa") or clear is not None
    wanted = "RGBA" if transparent else "CMYK" if picture.mode == "CMYK" else "RGB"
    return picture if picture.mode == wanted else picture.convert(wanted)


def in_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """With the colours that the file's profile means; one that is damaged, or for other colours, means nothing."""
    alpha = picture.getchannel("A") if picture.mode == "RGBA" else None
    opaque = picture.convert("RGB") if alpha else picture
    with contextlib.suppress(Exception):
        if profile:
            source, srgb = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
            opaque = ImageCms.profileToProfile(opaque, source, srgb, outputMode="RGB") or opaque
    opaque = opaque.convert("RGB")
    if alpha:
        opaque.putalpha(alpha)
    return opaque


def scaled(picture: Image.Image, side: int) -> Image.Image:
    """At most `side` px a side."""
    longest = max(picture.size)
    if longest <= side:
        return picture
    width, height = (max(1, round(length * side / longest)) for length in picture.size)
    return picture.resize((width, height), Resampling.LANCZOS, reducing_gap=2.0)


def encoded(picture: Image.Image, most_lossless: int) -> bytes:
    """As WebP: lossless if it takes no more than so many bytes."""
    body = io.BytesIO()
    if most_lossless:
        picture.save(body, "WEBP", **LOSSLESS)
        if body.tell() <= most_lossless:
            return body.getvalue()
        body = io.BytesIO()
    picture.save(body, "WEBP", **LOSSY)
    return body.getvalue()


if __name__ == "__main__":
    main(*sys.argv[1:])
