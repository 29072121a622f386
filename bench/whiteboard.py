"""What the bench needs of a whiteboard, Easel or a peer: boards with viewers and people who draw."""

from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bench.placing import Placed, Watching


class Board(Protocol):
    @property
    def watching(self) -> Sequence[Watching]: ...

    async def draw(self, rate: float, strokes: int) -> Placed:
        """`strokes` at `rate` a second, by its writers in turn."""

    async def draw_alone(self, rate: float, strokes: int) -> Placed:
        """The same by somebody else, who draws little."""


@dataclass(frozen=True)
class Loop:
    """An event loop that serves, and a page that it answers at once."""

    name: str
    url: str
    pid: int


class Whiteboard(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def folder(self) -> Path:
        """Where its processes write."""

    def open(self, viewers: int, writers: int = 1, seed: int = 1) -> AbstractAsyncContextManager[Board]:
        """A new board with so many viewers and writers, and somebody else. They leave at the end."""

    def memory(self) -> float:
        """MB of all its processes."""

    def loops(self) -> list[Loop]: ...
