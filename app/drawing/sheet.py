"""The paths of notes, in twentieths of a px. The same as in browser/kinds."""

from typing import NamedTuple

from app.drawing.body import note_height
from app.drawing.units import twentieths
from app.shapes import Note

FOLD, RADIUS = 18, 3  # px: of the corner that is folded up, and of the other ones


class Sheet(NamedTuple):
    sheet: str
    fold: str


def sheet(note: Note, origin: tuple[int, int]) -> Sheet:
    """A note's sheet, and its lower right corner folded up."""
    x, y = origin
    right, bottom = x + twentieths(note.w), y + twentieths(note_height(note))
    cut = twentieths(min(FOLD, note.w / 2, note.h / 2))
    r = twentieths(min(RADIUS, note.w / 4, note.h / 4))
    top = f"M{x + r} {y}H{right - r}a{r} {r} 0 0 1 {r} {r}V{bottom - cut}L{right - cut} {bottom}"
    return Sheet(
        f"{top}H{x + r}a{r} {r} 0 0 1 {-r} {-r}V{y + r}a{r} {r} 0 0 1 {r} {-r}Z",
        f"M{right} {bottom - cut}H{right - cut + r}a{r} {r} 0 0 0 {-r} {r}V{bottom}Z",
    )
