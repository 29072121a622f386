"""Lines of text in a shape: the same as browser/kinds/label.ts."""

from typing import NamedTuple

from app.drawing.layout import BASELINE, LINE, Line, lines
from app.drawing.units import twentieths
from app.shapes import Box

BEFORE = {"left": 0.0, "center": 0.5, "right": 1.0}  # how much of a line lies left of its x


class Label(NamedTuple):
    lines: tuple[Line, ...]
    size: float
    align: str
    x: float  # px, where the lines begin, have their middle or end
    top: float
    box: Box  # around the lines

    def rows(self) -> list[tuple[int, str]]:
        """The baseline, in twentieths from the shape's origin, and the text of each line that has any."""
        baselines = [twentieths(self.top + (n * LINE + BASELINE) * self.size) for n in range(len(self.lines))]
        return [(at, line.text) for at, line in zip(baselines, self.lines, strict=True) if line.text]


def label(text: str, size: float, align: str, *, left: float = 0.0, w: float, middle: float | None = None) -> Label:
    """The text in lines `w` px wide (0: as wide as they are), around a middle or, without one, from 0 down."""
    laid = lines(text, size, w)
    widest = max([line.width for line in laid])
    height = len(laid) * LINE * size
    top = 0.0 if middle is None else middle - height / 2
    x = left + (w or widest) * BEFORE[align]
    start = x - widest * BEFORE[align]
    return Label(laid, size, align, x, top, (start, top, start + widest, top + height))
