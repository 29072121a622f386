"""How many shapes are written at once, so that the event loop has its turn in time."""

from collections.abc import Iterable, Iterator

from app.shapes.shape import Shape

SHAPES = 50
CHARACTERS = 32 * 1024  # of packed points and text; about 1 ms to make JSON of


def slices(shapes: Iterable[Shape]) -> Iterator[list[Shape]]:
    """The shapes, a few at a time: a stroke of 5,000 points counts for many."""
    piece: list[Shape] = []
    waiting = 0
    for shape in shapes:
        piece.append(shape)
        waiting += shape.characters
        if len(piece) == SHAPES or waiting >= CHARACTERS:
            yield piece
            piece, waiting = [], 0
    if piece:
        yield piece
