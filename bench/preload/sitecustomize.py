"""Python imports this at its start: appends each garbage collection to the file GARBAGE, for bench/garbage.py."""

import gc
import json
import os
import time
from pathlib import Path

LEAST = 0.001  # s
FILE = Path(os.environ.get("GARBAGE", os.devnull))
_start = 0.0


def note(phase: str, info: dict[str, int]) -> None:
    global _start
    if phase == "start":
        _start = time.time()
    elif (spent := time.time() - _start) >= LEAST:
        kind = f"generation {info['generation']}"
        line = json.dumps({"pid": os.getpid(), "start": _start, "ms": spent * 1000, "kind": kind})
        with FILE.open("a") as file:
            file.write(f"{line}\n")


gc.callbacks.append(note)
