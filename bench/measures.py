"""What is measured of Easel, by name."""

import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from bench import (
    cost,
    crashes,
    felt,
    frames,
    garbage,
    history,
    hops,
    idle,
    images,
    latency,
    loading,
    opening,
    pauses,
    pictures,
    saturation,
)
from bench.ours import Ours
from bench.table import Table
from harness.processes import Easel

Measure = Callable[[Easel], Awaitable[Table]]
MEASURES: dict[str, Measure] = {
    "latency": lambda easel: latency.run(Ours(easel)),
    "hops": hops.run,
    "saturation": lambda easel: saturation.run(Ours(easel)),
    "pauses": lambda easel: pauses.run(Ours(easel)),
    "opening": opening.run,
    "loading": loading.run,
    "crashes": crashes.run,
    "idle": idle.run,
    "cost": cost.run,
    "frames": frames.run,
    "felt": felt.run,
    "images": images.run,
    "pictures": pictures.run,
    "history": history.run,
}
# Of people and streams as many as there are; all else is as people get it.
LIMITS = dict.fromkeys(
    (
        *("MAX_STREAMS_PER_ADDRESS", "MAX_STREAMS_PER_PERSON", "MAX_CONNECTIONS_PER_ADDRESS"),
        *("MAX_BOARD_BYTES", "MAX_PERSON_BYTES", "RATE_PICTURES"),
    ),
    "0",
)


async def measure(name: str) -> Table:
    """Each on an Easel of its own, so that none is measured on what another left behind."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        settings = LIMITS | {"THUMBNAILS_AHEAD": "true"} | (garbage.watched(folder) if name == "pauses" else {})
        if name == "saturation":
            del settings["MAX_CONNECTIONS_PER_ADDRESS"]  # what it refuses is a part of what is measured
        with Easel(folder, **settings) as easel:
            return await MEASURES[name](easel)
