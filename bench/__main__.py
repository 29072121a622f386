"""`make bench` measures all, `python -m bench latency hops` a part; `--write` renews docs/performance.md."""

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

from bench import (
    cost,
    crashes,
    embedded,
    felt,
    frames,
    hops,
    idle,
    images,
    latency,
    loading,
    opening,
    report,
    saturation,
)
from bench.table import Table
from harness.processes import Easel

Measure = Callable[[Easel], Awaitable[Table]]
MEASURES: dict[str, Measure] = {
    "latency": latency.run,
    "hops": hops.run,
    "saturation": saturation.run,
    "opening": opening.run,
    "loading": loading.run,
    "crashes": crashes.run,
    "idle": idle.run,
    "cost": cost.run,
    "frames": frames.run,
    "felt": felt.run,
    "images": images.run,
}
# Of people and streams as many as there are; all else is as people get it.
LIMITS = dict.fromkeys(
    (
        *("MAX_STREAMS_PER_ADDRESS", "MAX_STREAMS_PER_PERSON", "MAX_CONNECTIONS_PER_ADDRESS"),
        *("MAX_BOARD_BYTES", "MAX_PERSON_BYTES"),
    ),
    "0",
)


async def main(names: list[str]) -> None:
    if not names:
        await embedded.main()
    tables = []
    for name in names or MEASURES:
        # Each on an Easel of its own, so that none is measured on what another left behind.
        with tempfile.TemporaryDirectory() as folder, Easel(Path(folder), **LIMITS) as easel:
            tables.append(await MEASURES[name](easel))
        print(f"\n{tables[-1].text()}", flush=True)
    report.keep(tables)


if __name__ == "__main__":
    chosen = [name for name in sys.argv[1:] if not name.startswith("--")]
    if unknown := set(chosen) - MEASURES.keys():
        sys.exit(f"There is no measurement {', '.join(sorted(unknown))}: choose from {', '.join(MEASURES)}.")
    asyncio.run(main(chosen))
    if "--write" in sys.argv:
        report.write()
