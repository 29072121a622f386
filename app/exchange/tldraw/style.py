"""What tldraw's words for colours, sizes and heads are here."""

from collections.abc import Mapping
from typing import Any

from app.exchange.ground.values import between, number, pick

COLORS = {
    **{name: name for name in ("black", "grey", "violet", "blue", "yellow", "orange", "green", "red")},
    **{"light-violet": "pink", "light-blue": "#4ba1f1", "light-green": "#4cb05e", "light-red": "#f87777"},
    "white": "#ffffff",
}
PAPER = "#fcfffe"  # what their `semi` fills with
FILLS = {"semi": "solid", "solid": "tint", "pattern": "tint", "fill": "solid", "lined-fill": "solid"}
DASHES = {"dashed": "dashed", "dotted": "dotted"}
STROKES = {"s": 2.0, "m": 3.5, "l": 5.0, "xl": 10.0}  # px
LETTERS = {"s": 18.0, "m": 24.0, "l": 36.0, "xl": 44.0}  # px, of a text
LABELS = {"s": 18.0, "m": 22.0, "l": 26.0, "xl": 32.0}  # px, in a figure or a note
CAPTIONS = {"s": 18.0, "m": 20.0, "l": 24.0, "xl": 28.0}  # px, on an arrow
HIGHLIGHTER = 1.12  # of a text's letters
ALIGNS = {
    **{"start": "left", "middle": "center", "end": "right"},
    **{"start-legacy": "left", "middle-legacy": "center", "end-legacy": "right"},
}
HEADS = {
    **{"none": "none", "arrow": "arrow", "triangle": "triangle", "inverted": "triangle", "diamond": "triangle"},
    **{"dot": "dot", "square": "dot", "pipe": "bar", "bar": "bar"},
}

Props = Mapping[str, Any]


def color(props: Props) -> str:
    return str(pick(props.get("color"), COLORS, "black"))


def fill(props: Props) -> dict[str, str]:
    found = str(pick(props.get("fill"), FILLS, "none"))
    return {"fill": found, "fillColor": PAPER if props.get("fill") == "semi" else ""}


def dash(props: Props) -> str:
    return str(pick(props.get("dash"), DASHES, "solid"))


def width(props: Props, sizes: Mapping[str, float] = STROKES, times: float = 1.0) -> float:
    return between(0.5, pick(props.get("size"), sizes, sizes["m"]) * scale(props) * times, 64)


def letters(props: Props, sizes: Mapping[str, float]) -> float:
    return between(8, pick(props.get("size"), sizes, sizes["m"]) * scale(props), 400)


def align(props: Props) -> str:
    return str(pick(props.get("textAlign", props.get("align")), ALIGNS, "center"))


def head(value: Any, otherwise: str) -> str:
    return str(pick(value, HEADS, otherwise))


def scale(props: Props) -> float:
    return between(0.01, number(props.get("scale"), 1), 100)
