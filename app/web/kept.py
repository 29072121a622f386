"""Shapes that a takeback or a restore left as somebody has made them meanwhile."""

from collections.abc import Iterable
from itertools import islice

from app.hub import Hub
from app.outline import name_of

NAMED = 100  # that a page lists


def kept_shapes(board: Hub, ids: Iterable[str]) -> list[tuple[str, str]]:
    """Of the first ones that are on the board, ids and names."""
    return [(shape.id, name_of(shape)) for id in islice(ids, NAMED) if (shape := board.view.find(id))]
