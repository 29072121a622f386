"""A board in words, as Markdown: what is written on it, in reading order, a section for each frame. Pure."""

import re
from collections.abc import Sequence

from app.drawing.units import Point
from app.exchange.writing.homes import homes
from app.outline import reading_order
from app.shapes import Box, Frame, Image, Line, Shape

Measured = tuple[Shape, Box]

MARKS = re.compile(r"([\\`*_{}\[\]<>#|~&])")
LISTED = re.compile(r"^(\s*(?:\d+(?=[.)]))?)([-+=.)])(?=[\s=-]|$)", re.MULTILINE)  # an item, a rule, a heading's line


def markdown(title: str, shapes: Sequence[Measured], strokes: int) -> str:
    """Of all shapes but the strokes, of which there are so many besides."""
    names = {shape.id: first_line(shape) for shape, _ in shapes}
    frames = [one for one in reading_order(shapes) if isinstance(one[0], Frame)]
    sections: dict[str, list[str]] = {"": [], **{frame.id: [] for frame, _ in frames}}
    others = reading_order([one for one in shapes if not isinstance(one[0], Frame)])
    inside = homes([middle(box) for _, box in others], [box for _, box in frames])
    for (shape, _), home in zip(others, inside, strict=True):
        if text := line_of(shape, names):
            sections["" if home is None else frames[home][0].id].append(text)
    parts = [f"# {plain(title)}", *section("", sections[""])]
    for frame, _ in frames:
        parts += section(f"## {plain(names[frame.id]) or 'Frame'}", sections[frame.id])
    if strokes:
        parts.append(f"_{strokes:,} stroke{'s' if strokes > 1 else ''} of ink_")
    return "\n\n".join(parts) + "\n"


def section(heading: str, lines: list[str]) -> list[str]:
    return [part for part in (heading, "\n".join(lines)) if part]


def middle(box: Box) -> Point:
    return Point((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)


def line_of(shape: Shape, names: dict[str, str]) -> str:
    """An item of the list; "" for a shape that says nothing."""
    if isinstance(shape, Image):
        return f"- Picture: {plain(shape.alt)}" if shape.alt else "- Picture"
    text = plain(getattr(shape, "text", "").strip())
    if isinstance(shape, Line) and shape.from_ and shape.to:
        ends = [plain(names.get(end["id"], "")) for end in (shape.from_, shape.to)]
        if all(ends):
            arrow = "→" if shape.end != "none" else "←" if shape.start != "none" else "–"
            return f"- {ends[0]} {arrow} {ends[1]}" + (f": {text}" if text else "")
    return f"- {text}" if text else ""


def first_line(shape: Shape) -> str:
    said = getattr(shape, "alt" if isinstance(shape, Image) else "text", "").strip()
    return said.split("\n")[0] if said else ""


def plain(text: str) -> str:
    """Words that mean nothing to Markdown; further lines belong to the same item."""
    escaped = LISTED.sub(r"\1\\\2", MARKS.sub(r"\\\1", text))
    return "  \n  ".join(line.strip() for line in escaped.split("\n"))
