"""`make bench`: starts an Easel of its own, measures it from this process, prints a table and JSON."""

import asyncio
import json
import tempfile
from dataclasses import asdict
from pathlib import Path

from bench import embedded, frames, latency, opening
from tests.processes import Easel

VIEWERS = (2, 50, 200)
OPENINGS = (1_000, 10_000)
FRAMES = (1_000, 5_000)


async def main() -> None:
    await embedded.main()
    results = []
    limits = {"MAX_STREAMS_PER_ADDRESS": "0", "MAX_STREAMS_PER_PERSON": "0"}
    with tempfile.TemporaryDirectory() as folder, Easel(Path(folder), **limits) as easel:
        print("Limits of rate and of streams are off; all else is as people get it.\n")
        print("stroke to viewer, 20 strokes/s of 60 points")
        for count in VIEWERS:
            one = await latency.measure(easel.url, count)
            print(
                f"  {count:5} viewers   p50 {one.p50:6.1f}   p99 {one.p99:6.1f}   worst {one.worst:6.1f} ms"
                f"   acknowledged {one.acknowledged_p50:5.1f} ms   {one.bytes_per_stroke:4.0f} bytes   lost {one.lost}"
            )
            results.append({"latency": asdict(one)})
        print("opening a board")
        for strokes in OPENINGS:
            page = await opening.measure(easel, strokes)
            print(
                f"  {strokes:6} strokes   warm {page.warm:6.0f} ms   cold {page.cold:6.0f} ms"
                f"   {page.compressed / 1e6:5.2f} MB gzip   {page.plain / 1e6:5.2f} MB plain"
            )
            results.append({"opening": asdict(page)})
        print("frames in Chromium, ms: median / 95th percentile")
        for strokes in FRAMES:
            seen = await frames.measure(easel.url, strokes)
            pairs = {"pan": seen.pan, "zoom": seen.zoom, "draw": seen.draw}
            shown = "   ".join(f"{name} {a:5.1f} / {b:5.1f}" for name, (a, b) in pairs.items())
            print(f"  {strokes:6} strokes   ready {seen.ready:5.0f} ms   {shown}")
            results.append({"frames": asdict(seen)})
    print("\n" + json.dumps(results))


asyncio.run(main())
