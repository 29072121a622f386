"""Names and titles: one line of text that is safe to show beside other people's."""

import unicodedata
from typing import Annotated

from pydantic import BeforeValidator, Field

MAX_NAME = 60  # characters
MAX_RAW = 4_000  # characters looked at: a name may come with much that is taken out
MAX_TITLE = 200  # the same as in convex/boards.ts


def one_line(value: object) -> object:
    """Without control and format characters (line breaks, bidi overrides) and needless space; emoji stay whole."""
    if not isinstance(value, str) or len(value) > MAX_RAW:  # it is refused for its length
        return value
    kept = (
        char if char == "\u200d" or unicodedata.category(char) not in ("Cc", "Cf", "Zl", "Zp") else " "
        for char in value
    )
    return " ".join("".join(kept).split())


Name = Annotated[str, BeforeValidator(one_line), Field(min_length=1, max_length=MAX_NAME)]
Title = Annotated[str, BeforeValidator(one_line), Field(min_length=1, max_length=MAX_TITLE)]


def local_path(value: str | None) -> str:
    """Where to go next: a path of this site, whatever was asked for."""
    text = value or "/"
    safe = text.startswith("/") and text[1:2] not in ("/", "\\") and text.isprintable() and text.isascii()
    return text if safe else "/"
