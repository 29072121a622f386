"""What is written on a board, ready to be searched."""

import re
import unicodedata
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass

from app.pace import Pace
from app.shapes import Image, Shape

# What people leave out: accents, and the points of Hebrew and Arabic.
MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
SLICE = 20_000  # characters before the event loop has its turn; *measured*: 1.5 ms to fold, in any script
SHAPE = 20  # characters: what a shape takes besides its text


@dataclass(frozen=True, slots=True)
class Texts:
    """Shapes that say something, and what they say, folded.

    Two lists, not one of pairs: 100,000 new objects would have the garbage collector look at all there are.
    """

    ids: list[str]
    words: list[str]


def folded(text: str) -> str:
    """In one line, without case and without accents: `Café au\\nLait` as `cafe au lait`."""
    plain = text if text.isascii() else MARKS.sub("", unicodedata.normalize("NFKD", text.casefold()))
    return " ".join(plain.lower().split())


def said(shape: Shape) -> str:
    """Text, label, title, or what is said of a picture."""
    return shape.alt if isinstance(shape, Image) else getattr(shape, "text", "")


async def texts(shapes: Iterable[Shape]) -> Texts:
    """The event loop goes on meanwhile."""
    found = Texts([], [])
    pace, taken = Pace(), SLICE
    for shape in shapes:
        if (taken := taken + SHAPE) > SLICE:
            taken = 0
            await pace.rest()
        if text := said(shape):
            found.ids.append(shape.id)
            found.words.append(folded(text))
            taken += len(text)
    return found


async def holding(texts: Texts, words: str) -> AsyncIterator[list[str]]:
    """The ids of the shapes whose text has these words, folded, as they stand; the event loop goes on meanwhile."""
    pace = Pace()
    for start in range(0, len(texts.ids), SLICE // SHAPE):
        await pace.rest()
        part = slice(start, start + SLICE // SHAPE)
        yield [id for id, text in zip(texts.ids[part], texts.words[part], strict=True) if words in text]
