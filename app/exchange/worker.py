"""Reads a file that may hold anything, and writes what is to be put on a board. No network.

    app/exchange/worker.py SEED PLACE HOW OUTPUT_FD < file

PLACE is `x,y`, or `-` for where the file says. HOW is `alike` for a file that is to be opened only if it looks the
same, `zip-N` for a board in a ZIP archive, which may be empty, else `shapes`. The output's first line is
`{pictures: [[key, size], …]}`; then come the bodies of the changes, a line each, and the pictures' bytes. Standard
output gets one line of JSON: `{title, shapes, changes, pictures_at, lost}`, or `{error}` with a sentence for whoever
sent the file.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # isolated: nothing else says where the app is

import os
from typing import Any

import orjson

from app.exchange.ground.drawing import Drawing, Refused, told
from app.exchange.reading.archive import board_in
from app.exchange.reading.changes import changes, prepare
from app.exchange.reading.formats import read
from app.text import MAX_TITLE, one_line

LONGEST = 500  # characters of a sentence, which may name a field of the file: whoever reads the report takes 16 KiB
ZIP = "zip-"
BROKEN = "This file is damaged in a way that Easel cannot read."


def main(seed: str, place: str, how: str, output: str) -> None:
    try:
        packed = how.startswith(ZIP)
        file = sys.stdin.buffer
        drawing = read(board_in(file, int(how.removeprefix(ZIP))) if packed else file.read(), how == "alike")
        report = convert(drawing, seed, place, int(output), empty=packed)
    except Refused as refused:
        report = {"error": one_line(str(refused), LONGEST)}
    except MemoryError:
        report = {"error": "This file takes too much memory to open."}
    except Exception:  # whatever a reader says of a file that is not what it seems
        report = {"error": BROKEN}
    sys.stdout.buffer.write(orjson.dumps(report))
    sys.stdout.buffer.flush()


def convert(drawing: Drawing, seed: str, place: str, output: int, *, empty: bool = False) -> dict[str, Any]:
    middle = None if place == "-" else tuple(float(part) for part in place.split(","))
    shapes = prepare(drawing, seed, middle)  # type: ignore[arg-type]
    if not shapes and not empty:
        raise Refused("There is nothing in this file that Easel can draw.")
    count = 0
    with os.fdopen(output, "wb", closefd=False) as file:
        file.write(orjson.dumps({"pictures": [[key, len(body)] for key, body in drawing.pictures.items()]}) + b"\n")
        for body in changes(shapes, seed):
            file.write(body + b"\n")
            count += 1
        at = file.tell()
        for body in drawing.pictures.values():
            file.write(body)
    about = {"title": one_line(drawing.title, MAX_TITLE), "lost": told(drawing.lost)}
    return {**about, "shapes": len(shapes), "changes": count, "pictures_at": at}


if __name__ == "__main__":
    main(*sys.argv[1:])
