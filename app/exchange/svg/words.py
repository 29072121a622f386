"""What is written in a drawing: each text where it stands, its lines together."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import atan2, hypot
from typing import Any

from cssselect2 import ElementWrapper
from fontTools.misc.transform import Transform

from app.drawing.layout import BASELINE, LINE
from app.drawing.layout import lines as laid
from app.exchange.ground.values import between, words
from app.exchange.svg.lengths import px
from app.exchange.svg.paint import Ink, Paint
from app.exchange.svg.parts import Part, Parts
from app.exchange.svg.styles import Style, font

ANCHORS = {"middle": "center", "end": "right"}
SHARES = {"left": 0.0, "center": 0.5, "right": 1.0}
# Of the letters' size: from where a text stands to its baseline.
BASELINES = {
    **dict.fromkeys(("middle", "central"), 0.35),
    **dict.fromkeys(("hanging", "text-before-edge", "text-top"), 0.8),
    **dict.fromkeys(("text-after-edge", "ideographic", "text-bottom"), -0.2),
}
CLOSE, APART = 0.15, 1.0  # of the letters' size: within a word, and between two words
LINES = (0.8, 2.2)  # of the letters' size, from one line of a text to the next
LONGEST = 5_000  # characters


@dataclass(frozen=True)
class Run:
    """Letters that stand together: `x` and `y` on the baseline, where they begin, have their middle or end."""

    x: float
    y: float
    text: str
    size: float
    align: str
    style: Style


class Words:
    def __init__(self, parts: Parts, paint: Paint) -> None:
        self._parts, self._paint = parts, paint

    def of(self, part: Part) -> Iterator[dict[str, Any]]:
        """Text shapes of ours."""
        runs = joined([run for run in self._runs(part) if run.text.strip()])
        for lines in blocks(runs):
            color = self._paint.of(replace(part, style=lines[0].style), "fill")
            if color:
                yield text(lines, part.matrix, color)

    def _runs(self, part: Part) -> list[Run]:
        style, letters = part.style, font(part.style)
        start = Run(part.length("x", part.view.w), part.length("y", part.view.h), "", letters, "left", style)
        return list(self._inside(part, part.element, style, [start]))

    def _inside(self, part: Part, element: ElementWrapper, style: Style, at: list[Run]) -> Iterator[Run]:
        """`at` holds the run that goes on."""
        if style.get("display") == "none":
            return
        source = element.etree_element
        moved = [source.get(name) for name in ("x", "y", "dx", "dy")]
        if element is part.element or any(moved):
            yield at[0]
            at[0] = begun(at[0], part, moved, style)
        elif style.get("text-anchor") != at[0].style.get("text-anchor"):
            at[0] = replace(at[0], style=style)
        at[0] = replace(at[0], text=at[0].text + spaced(source.text, source))
        for child in element.iter_children():
            if child.local_name in ("tspan", "a", "textPath"):
                yield from self._inside(part, child, self._parts.style_of(child, style), at)
            at[0] = replace(at[0], text=at[0].text + spaced(child.etree_element.tail, source))
        if element is part.element:
            yield at[0]


def begun(before: Run, part: Part, moved: Sequence[str | None], style: Style) -> Run:
    letters = font(style)
    x, y, dx, dy = (first(one) for one in moved)
    align = ANCHORS.get(style.get("text-anchor", ""), "left")
    down = BASELINES.get(style.get("dominant-baseline", ""), 0.0) * letters
    end = before.x + wide(before) * (1 - SHARES[before.align])
    return Run(
        (end if x is None else px(x, part.view.w, letters)) + px(dx, part.view.w, letters),
        (before.y if y is None else px(y, part.view.h, letters) + down) + px(dy, part.view.h, letters),
        "",
        letters,
        align,
        style,
    )


def first(given: str | None) -> str | None:
    """Of a list of places, one for each letter, the first."""
    found = (given or "").replace(",", " ").split()
    return found[0] if found else None


def spaced(given: str | None, element: Any) -> str:
    text = words(given or "")
    return (
        text
        if element.get("{http://www.w3.org/XML/1998/namespace}space") == "preserve"
        else " ".join(text.split()).join((" " if text[:1].isspace() else "", " " if text[-1:].isspace() else ""))
    )


def wide(run: Run) -> float:
    return max(line.width for line in laid(run.text.strip()[:LONGEST], run.size))


def joined(runs: Sequence[Run]) -> list[Run]:
    """Words that follow each other on a line are one run."""
    found: list[Run] = []
    for run in runs:
        run = replace(run, text=run.text.strip())
        last = found[-1] if found else None
        gap = run.x - last.x - wide(last) if last else 0.0
        if last and last.y == run.y and last.align == run.align == "left" and -APART < gap / run.size < APART:
            found[-1] = replace(last, text=f"{last.text}{' ' if gap > CLOSE * run.size else ''}{run.text}")
        else:
            found.append(run)
    return found


def blocks(runs: Sequence[Run]) -> Iterator[list[Run]]:
    """Lines that stand below each other."""
    block: list[Run] = []
    for run in runs:
        if block and not below(block[-1], run):
            yield block
            block = []
        block.append(run)
    if block:
        yield block


def below(one: Run, other: Run) -> bool:
    far = (other.y - one.y) / one.size if one.size > 0 else 0.0
    alike = one.align == other.align and abs(one.x - other.x) < 0.5 and abs(one.size - other.size) < 0.5
    return alike and LINES[0] <= far <= LINES[1]


def text(lines: Sequence[Run], matrix: Transform, color: Ink) -> dict[str, Any]:
    """One of ours, whose lines have their middle where theirs have it."""
    a, b, *_ = matrix
    times = hypot(a, b)
    size = between(8, lines[0].size * times, 400)
    said = "\n".join(run.text for run in lines)[:LONGEST]
    width = max(line.width for line in laid(said, size))
    middle = sum(run.y for run in lines) / len(lines)
    x, y = matrix.transformPoint((lines[0].x, middle))
    left, up = SHARES[lines[0].align] * width, (BASELINE + LINE * (len(lines) - 1) / 2) * size
    c, s = (a / times, b / times) if times else (1.0, 0.0)
    return {
        **{"kind": "text", "text": said, "size": round(size, 2), "align": lines[0].align, "w": 0.0},
        **{"x": round(x - left * c + up * s, 2), "y": round(y - left * s - up * c, 2)},
        **{"rotation": round(atan2(s, c), 6), "color": color.color, "opacity": color.opacity},
    }
