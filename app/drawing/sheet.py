"""The paths of figures and notes, in twentieths of a px. The same as in browser/kinds."""

from math import sqrt
from typing import NamedTuple

from app.drawing.body import note_height
from app.drawing.units import number, twentieths
from app.shapes import Figure, Note

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


def side(px: float) -> int:
    """A width or height: a box without one would not be drawn."""
    return max(1, twentieths(px))


def diamond(figure: Figure, origin: tuple[int, int]) -> str:
    width, height = side(figure.w), side(figure.h)
    corners = (width / 2, 0.0), (width, height / 2), (width / 2, height), (0.0, height / 2)
    # How far from a corner its curve begins, as a share of the side.
    cut = min(0.5, (20 * figure.radius) / (sqrt(width * width + height * height) / 2))

    def place(n: int, along: float) -> str:
        """On the way from corner n to the next."""
        (from_x, from_y), (to_x, to_y) = corners[n % 4], corners[(n + 1) % 4]
        x, y = origin[0] + from_x + (to_x - from_x) * along, origin[1] + from_y + (to_y - from_y) * along
        return f"{number(x)} {number(y)}"

    if not figure.radius:
        return f"M{place(0, 0)}L{place(1, 0)} {place(2, 0)} {place(3, 0)}Z"
    rounded = [f"L{place(n - 1, 1 - cut)}Q{place(n, 0)} {place(n, cut)}" for n in (1, 2, 3, 4)]
    return f"M{place(0, cut)}{''.join(rounded)}Z"
