"""What all hubs of a process have in common."""

from collections.abc import Callable
from dataclasses import dataclass

from app.hub.feed import Feed
from app.hub.openings import Openings
from app.hub.snapshots import Shelf


@dataclass(frozen=True)
class Shared:
    """`process` names this web process among the others; the rest is explained in `Hubs`."""

    feed: Feed
    process: str
    shelf: Shelf | None
    large: int
    version: Callable[[], str]
    openings: Openings
