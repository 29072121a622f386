"""What garbage collectors did in the processes that were started with `watched`."""

import json
from dataclasses import dataclass
from pathlib import Path

from harness.processes import ROOT

PRELOAD = ROOT / "bench/preload"
FILE = "garbage.jsonl"


@dataclass(frozen=True)
class Collection:
    """One of more than 1 ms. `start` is in seconds of `time.time`."""

    pid: int
    start: float
    ms: float
    kind: str

    def within(self, start: float, end: float) -> int:
        """Whole ms of it between two times."""
        return round(1000 * max(0.0, min(end, self.start + self.ms / 1000) - max(start, self.start)))


def watched(folder: Path) -> dict[str, str]:
    """The environment in which Node and Python write their collections into this folder."""
    return {
        "GARBAGE": str(folder / FILE),
        "NODE_OPTIONS": f"--import={(PRELOAD / 'gc.ts').as_uri()}",
        "PYTHONPATH": str(PRELOAD),
    }


def read(folder: Path) -> list[Collection]:
    file = folder / FILE
    return [Collection(**json.loads(line)) for line in file.read_text().splitlines()] if file.exists() else []
