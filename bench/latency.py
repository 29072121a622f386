"""Stroke to viewer: from the moment a stroke is sent to the moment it reaches each viewer's socket."""

from bench.placing import until_seen
from bench.table import Table, percentile
from bench.whiteboard import Board, Whiteboard

VIEWERS = (2, 10, 50, 200, 500)
RATE = 20  # strokes a second, by one writer
STROKES = 200


async def run(whiteboard: Whiteboard) -> Table:
    table = Table(
        "latency",
        f"{whiteboard.name}: stroke to viewer, {RATE} strokes/s of 60 points, ms",
        [
            "viewers",
            "p50",
            "p95",
            "p99",
            "worst",
            "worst viewer's p50",
            "acknowledged p50",
            "bytes a stroke",
            "lost",
            "MB",
        ],
    )
    for viewers in VIEWERS:
        async with whiteboard.open(viewers) as board:
            table.add(viewers, *await measure(board), whiteboard.memory())
    return table


async def measure(board: Board, strokes: int = STROKES) -> list[float]:
    await until_seen({*(await board.draw(RATE, 10)).sent}, board.watching)
    for viewer in board.watching:
        viewer.bytes = 0
    placed = await board.draw(RATE, strokes)
    await until_seen({*placed.sent}, board.watching)
    each = [
        sorted((viewer.arrivals[name] - at) * 1000 for name, at in placed.sent.items() if name in viewer.arrivals)
        for viewer in board.watching
    ]
    times = sorted(time for one in each for time in one)
    return [
        *(percentile(times, share) for share in (50, 95, 99, 100)),
        max(percentile(one, 50) for one in each),
        percentile(sorted(placed.acknowledged.values()), 50),
        sum(viewer.bytes for viewer in board.watching) / len(board.watching) / strokes,
        len(board.watching) * strokes - len(times),
    ]
