"""How many strokes a second 50 viewers get with a p99 below 250 ms and none lost. The rate grows until it fails.

What happens beyond that is measured too: the rate that is reached should stay, and who draws little should not wait.
"""

import asyncio

from bench.placing import Placed, until_seen
from bench.table import Cell, Table, percentile
from bench.whiteboard import Board, Whiteboard

VIEWERS = 50
WRITERS = 8
FIRST, FACTOR = 100.0, 1.3  # strokes a second, and from one step to the next
BEYOND = 2.0  # from a step that failed to the next
FAILED = 3  # steps, and no more
SECONDS = 4.0  # a step
LITTLE = 4.0  # strokes a second by somebody else
LIMIT = 250.0  # ms
MOST = 6_000.0


async def run(whiteboard: Whiteboard) -> Table:
    table = Table(
        "saturation",
        f"{whiteboard.name}: most strokes a second, {VIEWERS} viewers, {WRITERS} writers",
        [*("offered /s", "reached /s", "p50 ms", "p99 ms", "refused", "lost"), *("little p50", "little worst", "held")],
        note=f"Held: p99 below {LIMIT:.0f} ms, nothing refused or lost, and the generator itself kept the rate. "
        f"Little: the ms of somebody else, who draws {LITTLE:.0f} strokes a second meanwhile.",
    )
    async with whiteboard.open(VIEWERS, WRITERS) as board:
        await step(board, FIRST / 2)  # what has just started compiles its code
    rate, failed = FIRST, 0
    while rate <= MOST and failed < FAILED:
        async with whiteboard.open(VIEWERS, WRITERS, seed=int(rate)) as board:
            row, held = await step(board, rate)
        table.add(*row, "yes" if held else "no")
        failed += not held
        rate *= BEYOND if failed else FACTOR
        await asyncio.sleep(0.5)
    return table


async def step(board: Board, rate: float) -> tuple[list[Cell], bool]:
    placed, little = await asyncio.gather(
        board.draw(rate, round(rate * SECONDS)), board.draw_alone(LITTLE, round(LITTLE * SECONDS))
    )
    await until_seen({*placed.acknowledged, *little.acknowledged}, board.watching)
    times, waits = arrived(placed, board), arrived(little, board)
    lost = sum(len(placed.acknowledged.keys() - viewer.arrivals.keys()) for viewer in board.watching)
    p99 = percentile(times, 99)
    held = p99 < LIMIT and not lost and not placed.refused and placed.slipped < 0.25 * SECONDS
    mine = [percentile(waits, 50), percentile(waits, 100)]
    return [rate, reached(placed), percentile(times, 50), p99, placed.refused, lost, *mine], held


def arrived(placed: Placed, board: Board) -> list[float]:
    """How many ms each stroke took to each viewer that it reached, the least first."""
    return sorted(
        (viewer.arrivals[name] - at) * 1000
        for viewer in board.watching
        for name, at in placed.sent.items()
        if name in viewer.arrivals
    )


def reached(placed: Placed) -> float:
    """Strokes a second, from the first sent to the last answered."""
    first = min(placed.sent.values())
    last = max((placed.sent[name] + ms / 1000 for name, ms in placed.acknowledged.items()), default=first + 1)
    return len(placed.acknowledged) / (last - first)
