"""The look of our shapes in Excalidraw's words."""

from typing import Any

from app.exchange.excalidraw.declared import COLORS, INK
from app.shapes import Figure, Image, Line, Note, Shape, Stroke
from app.shapes.declared import PALETTE

PAPER = 0.18  # of a colour in its tint, the rest white: as in static/css/shapes.css
SHEET = 0.3  # in the sheet of a sticky note
CLEAR = "transparent"
THEIRS = {ours: theirs for theirs, ours in reversed(COLORS.items())}  # the first of each


def paint(shape: Shape) -> dict[str, Any]:
    width = getattr(shape, "width", 2.0)
    curved = {"type": 2} if isinstance(shape, Line) and shape.curved else None
    rounded = {"type": 3} if isinstance(shape, Figure) and shape.kind == "rectangle" and shape.radius else None
    line, body = colors(shape)
    return {
        **{"strokeColor": line, "backgroundColor": body, "fillStyle": "solid"},
        "strokeWidth": width / INK if isinstance(shape, Stroke) else width,
        **{"strokeStyle": getattr(shape, "dash", "solid"), "roughness": 0, "opacity": shape.opacity * 100},
        "roundness": curved or rounded,
    }


def colors(shape: Shape) -> tuple[str, str]:
    """Of the line and the body."""
    if isinstance(shape, Note):
        return CLEAR, mixed(shape.color, SHEET)
    if isinstance(shape, Image):
        return CLEAR, CLEAR
    if not isinstance(shape, Figure) or shape.fill == "none":
        return theirs(shape.color), CLEAR
    color = shape.fillColor or shape.color
    return theirs(shape.color), theirs(color) if shape.fill == "solid" else mixed(color, PAPER)


def theirs(color: str) -> str:
    return THEIRS.get(color, color)


def mixed(color: str, part: float) -> str:
    """So much of a colour on white."""
    digits = PALETTE.get(color, [color])[0]
    parts = [int(digits[at : at + 2], 16) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(255 + (value - 255) * part):02x}" for value in parts)
