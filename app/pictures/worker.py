"""Draws an SVG as PNG, by resvg. No app, no network: the SVG has its pictures in it.

    app/pictures/worker.py FONTS PNG_FD < drawing.svg

FONTS is JSON, pairs of a family and a WOFF file, that of the Latin letters first; none for a drawing without text. A
picture that takes more memory or time than `painter.py` gives it ends the process, and nothing else.
"""

import json
import os
import sys
from contextlib import ExitStack
from tempfile import TemporaryFile

import resvg_py
from typefaces import fonted, opened, unpack  # type: ignore[import-not-found]


def main(asked: str, output: str) -> None:
    fonts = opened(json.loads(asked))
    (svg,), others = fonted([sys.stdin.buffer.read().decode()], fonts)
    with ExitStack() as files:
        unpacked = [files.enter_context(TemporaryFile()) for _ in fonts]
        for family, file in zip(fonts, unpacked, strict=True):
            unpack(family, fonts, file)
        paths = [f"/dev/fd/{file.fileno()}" for file in unpacked]
        png = resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=not others, font_files=paths)
    with os.fdopen(int(output), "wb", closefd=False) as drawn:
        drawn.write(png)
    print("drawn", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
