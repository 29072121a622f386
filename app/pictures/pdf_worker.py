"""Makes a PDF of SVGs, a page of each, by typst. No app, no network: the SVGs have their pictures in them.

    app/pictures/pdf_worker.py ASKED PDF_FD < drawings

Standard input is the title and the SVGs, with NUL between. ASKED is JSON: `fonts` as in `worker.py`, a `folder` to
unpack them into, and of `pages` the width and height of each in pt.
"""

import json
import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path

import typst
from typefaces import fonted, opened, unpack  # type: ignore[import-not-found]

DOT = re.compile(r'(\bd="M[-.\d ]+)h0"')
HEAD = "#set document(title: sys.inputs.title, date: none)\n#set page(margin: 0pt)\n"
PAGE = '#page(width: {}pt, height: {}pt, image(bytes(sys.inputs.at("{}")), format: "svg", width: 100%, height: 100%))\n'


def main(asked: str, output: str) -> None:
    about = json.loads(asked)
    title, *svgs = sys.stdin.buffer.read().decode().split("\0")
    fonts = opened(about["fonts"])
    svgs, others = fonted(list(map(typeset, svgs)), fonts)
    for number, family in enumerate(fonts):
        with Path(about["folder"], f"{number}.ttf").open("w+b") as file:
            unpack(family, fonts, file)
    pdf = typst.compile(
        source(about["pages"]).encode(),
        format="pdf",
        sys_inputs={"title": title} | {str(number): svg for number, svg in enumerate(svgs)},
        font_paths=typst.Fonts(others, include_embedded_fonts=False, font_paths=[about["folder"]]),
        pdf_tags=False,  # 10,000 strokes take twice as long with them
    )
    with os.fdopen(int(output), "wb", closefd=False) as made:
        made.write(pdf)
    print("made", flush=True)


def source(pages: Iterable[tuple[float, float]]) -> str:
    return HEAD + "".join([PAGE.format(width, height, number) for number, (width, height) in enumerate(pages)])


def typeset(svg: str) -> str:
    """Without what typst's SVG reader stumbles over: a dot of no length is lost, and Hebrew without kerning ends the
    process (resvg's issue 1044). Our fonts have no kerning anyway.
    """
    return DOT.sub(r'\1h.1"', svg.replace("font-kerning: none;", "", 1))


if __name__ == "__main__":
    main(*sys.argv[1:])
