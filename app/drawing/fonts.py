"""The font of the text on boards: its subsets, and which of them a drawing needs."""

import base64
import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

FOLDER = Path(__file__).parents[2] / "node_modules/@fontsource/shantell-sans"


class Subset(NamedTuple):
    name: str
    ranges: str  # as in CSS: "U+0000-00FF,U+0131"

    @property
    def file(self) -> str:
        """Its name below node_modules/@fontsource/shantell-sans."""
        return f"files/shantell-sans-{self.name}-400-normal.woff2"

    @property
    def unpacked(self) -> str:
        """The same, in a form that Python can read."""
        return self.file.removesuffix("2")

    @property
    def family(self) -> str:
        """A name for it alone. In style sheets all have that of the Latin letters."""
        return "Shantell Sans" if self.name == "latin" else f"Shantell Sans {self.name}"

    @property
    def asset(self) -> str:
        """Its name below /static."""
        return f"vendor/shantell-sans-{self.name}.woff2"

    def has(self, character: str) -> bool:
        parts = [part[2:].split("-") for part in self.ranges.split(",")]
        return any(int(part[0], 16) <= ord(character) <= int(part[-1], 16) for part in parts)

    def data(self) -> str:
        """The whole file as an address."""
        return f"data:font/woff2;base64,{base64.b64encode((FOLDER / self.file).read_bytes()).decode()}"


@cache
def subsets() -> list[Subset]:
    """In the order of a style sheet: of two that have a character the later one gives it."""
    return [Subset(name, ranges) for name, ranges in json.loads((FOLDER / "unicode.json").read_text()).items()]


def needed(pieces: Sequence[str]) -> list[Subset]:
    """The subsets that the text of a drawing needs; none if it has no text."""
    if not any("<text" in piece for piece in pieces):
        return []
    beyond = {char for piece in pieces if not piece.isascii() for char in set(piece) if ord(char) > 0xFF}
    return [subset for subset in subsets() if subset.name == "latin" or any(map(subset.has, beyond))]
