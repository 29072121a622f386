"""Names of files for boards: readable, each once, and good on every system."""

import re
import unicodedata

from app.text import one_line

LONGEST = 80  # characters
LONGEST_BYTES = 180  # of UTF-8: a file's name has 255, with what is added
FORBIDDEN = re.compile(r'[<>:"/\\|?*]')  # on Windows; / everywhere
RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE)  # on Windows
UNNAMED = "Board"


def safe(title: str) -> str:
    """Without what a system forbids. No path: neither `.` nor `..` nor anything in another folder."""
    name = FORBIDDEN.sub("-", one_line(unicodedata.normalize("NFC", title), LONGEST))
    name = name.encode()[:LONGEST_BYTES].decode(errors="ignore").strip(". ~") or UNNAMED
    return f"_{name}" if RESERVED.match(name) else name


class Names:
    """Those of one folder. Some systems do not tell capitals from small letters, or composed letters from others."""

    def __init__(self) -> None:
        self._taken: dict[str, int] = {}

    def new(self, title: str) -> str:
        """`Plan`, then `Plan (2)` and so on."""
        name = stem = safe(title)
        while (folded := fold(name)) in self._taken:
            first = fold(stem)
            self._taken[first] = number = self._taken.get(first, 1) + 1
            name = f"{stem} ({number})"
        self._taken[folded] = 1
        return name


def fold(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold()
