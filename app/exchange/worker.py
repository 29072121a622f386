"""Reads a file that may hold anything, and writes what is to be put on a board. No network.

    app/exchange/worker.py SEED PLACE HOW OUTPUT_FD < file

PLACE is `x,y`, or `-` for where the file says. HOW is `alike` for a file that is to be opened only if
it looks the same, else `shapes`. The output's first line is `{pictures: [[key, size], …]}`; then come
the bodies of the changes, a line each, and the pictures' bytes. Standard output gets one line of JSON: `{title,
shapes, changes, pictures_at, lost}`, or `{error}` with a sentence for whoever sent the file.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # isolated: nothing else says where the app is

import os
from typing import Any

import orjson

from app.exchange.ground.drawing import Drawing, Refused, told
from app.exchange.reading.changes import changes, prepare
from app.exchange.reading.formats import read
from app.text import MAX_TITLE, one_line

LONGEST = 500  # characters of a sentence, which may name a field of the file: whoever reads the report takes 16 KiB
BROKEN = "This file is damaged in a way that Easel cannot read."


def main(seed: str, place: str, how: str, output: str) -> None:
    try:
        drawing = read(sys.stdin.buffer.read(), how == "alike")
        report = convert(drawing, seed, place, int(output))
    except Refused as refused:
        report = {"error": one_line(str(refused), LONGEST)}
    except MemoryError:
        report = {"error": "This file takes too much memory to open."}
    except Exception:  # whatever a reader says of a file that is not what it seems
        report = {"error": BROKEN}
    sys.stdout.buffer.write(orjson.dumps(report))
    sys.stdout.buffer.flush()


def convert(drawing: Drawing, seed: str, place: str, output: int) -> dict[str, Any]:
    middle = None if place == "-" else tuple(float(part) for part in place.split(","))
    shapes = prepare(drawing, seed, middle)  # type: ignore[arg-type]
    if not shapes:
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
