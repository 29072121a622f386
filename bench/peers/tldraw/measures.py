"""What is measured of tldraw-sync, by the same names."""

import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from bench import garbage, latency, pauses, saturation
from bench.peers.tldraw import opening
from bench.peers.tldraw.program import Tldraw
from bench.table import Table

Measure = Callable[[Tldraw], Awaitable[Table]]
MEASURES: dict[str, Measure] = {
    "latency": latency.run,
    "saturation": saturation.run,
    "pauses": pauses.run,
    "opening": opening.run,
}


async def measure(name: str) -> Table:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        with Tldraw(folder, **(garbage.watched(folder) if name == "pauses" else {})) as tldraw:
            return await MEASURES[name](tldraw)
