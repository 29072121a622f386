"""Checks a ZIP archive that may hold anything. No network.

    app/exchange/archive_worker.py OUTPUT_FD < file

The output gets the paths of the boards in it, as JSON. Standard output gets `{}`, or `{error}` with a sentence.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))  # isolated: nothing else says where the app is

import os

import orjson

from app.exchange.ground.drawing import Refused
from app.exchange.reading.archive import DAMAGED, boards_of
from app.text import one_line

LONGEST = 500  # characters of a sentence, which may name an entry


def main(output: str) -> None:
    report = {}
    try:
        boards = boards_of(sys.stdin.buffer)
        with os.fdopen(int(output), "wb", closefd=False) as file:
            file.write(orjson.dumps(boards))
    except Refused as refused:
        report = {"error": one_line(str(refused), LONGEST)}
    except MemoryError:
        report = {"error": "This ZIP archive takes too much memory to open."}
    except Exception:  # whatever zipfile says of a file that is not what it seems
        report = {"error": DAMAGED}
    sys.stdout.buffer.write(orjson.dumps(report))


if __name__ == "__main__":
    main(*sys.argv[1:])
