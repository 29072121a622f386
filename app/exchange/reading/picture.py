"""A picture alone on its board. It is decoded later, as any picture is: here only its size matters."""

import io
import warnings
from typing import Any

from PIL import Image

from app.exchange.ground.drawing import Drawing

SHOWN = 800.0  # px, its longest side on the board, if it is not smaller
ORIENTATION = 0x0112  # EXIF; from 5 on the picture lies on its side


def read_picture(data: bytes, kind: str) -> Drawing:
    """`kind` is Pillow's name. Raises what Pillow does."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of bombs, which are refused when it is decoded
        with Image.open(io.BytesIO(data), formats=[kind]) as found:
            sides = found.size[::-1] if found.getexif().get(ORIENTATION, 1) >= 5 else found.size
    scale = min(1.0, SHOWN / max(sides))
    w, h = (max(1.0, round(side * scale, 2)) for side in sides)
    shape: dict[str, Any] = {"id": "picture", "kind": "image", "file": "picture", "w": w, "h": h}
    return Drawing(shapes=[shape], pictures={"picture": data})
