"""Whose shapes are on a board."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.pace import Pace
from app.shapes import Shape

LAST_TS = 2**63 - 1
BATCH = 5_000  # shapes counted before the event loop has its turn: about 1 ms


@dataclass
class Work:
    """What is on the board of one author: `count` shapes, of which `recent` have changed since the asked ts."""

    count: int = 0
    some: str = ""
    """The id of one of them."""
    recent: list[str] = field(default_factory=list)


async def by_author(shapes: Sequence[Shape], after: int) -> dict[str, Work]:
    """The work of each author, by users id, the largest first; the event loop goes on meanwhile."""
    works, pace = dict[str, Work](), Pace()
    for start in range(0, len(shapes), BATCH):
        await pace.rest()
        for shape in shapes[start : start + BATCH]:
            work = works.get(shape.author)
            if work is None:
                work = works[shape.author] = Work(some=shape.id)
            work.count += 1
            if shape.ts > after:
                work.recent.append(shape.id)
    return dict(sorted(works.items(), key=lambda item: -item[1].count))
