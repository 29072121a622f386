"""The XML of a drawing: with nothing in it that fetches, or that grows when it is read."""

from xml.etree.ElementTree import Element, ParseError, fromstring
from xml.parsers import expat

from app.exchange.ground.drawing import Refused

MOST = 100_000  # elements
DEEPEST = 200  # elements in elements
LONGEST = 10_000  # characters of all entities: Illustrator writes the names of its namespaces as such
DAMAGED = "This file is an SVG drawing, but it is damaged, or its end is missing."
BOMB = "This file is an SVG drawing with entities made of entities, which Easel does not open."


def document(data: bytes) -> Element:
    """Its root. Raises Refused."""
    try:
        Guard().read(data)
        return fromstring(data)  # the guard has read it, and found nothing that grows
    except (expat.ExpatError, ParseError, ValueError, LookupError):
        raise Refused(DAMAGED) from None


class Guard:
    """Reads it once without keeping anything, and counts."""

    def __init__(self) -> None:
        self._elements = self._depth = self._characters = 0

    def read(self, data: bytes) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._starts
        parser.EndElementHandler = self._ends
        parser.EntityDeclHandler = self._entity
        parser.Parse(data, True)

    def _starts(self, _: str, __: dict[str, str]) -> None:
        self._elements += 1
        self._depth += 1
        if self._elements > MOST:
            raise Refused(f"This SVG drawing has more than {MOST:,} elements: Easel reads no more.")
        if self._depth > DEEPEST:
            raise Refused(f"This SVG drawing has groups in groups more than {DEEPEST} deep: Easel reads no more.")

    def _ends(self, _: str) -> None:
        self._depth -= 1

    def _entity(self, _: str, parameter: int, value: str | None, *where: str | None) -> None:
        self._characters += len(value or "")
        if parameter or any(where) or value is None or "&" in value or self._characters > LONGEST:
            raise Refused(BOMB)
