"""The letters of a drawing, each in a font that has it. Part of `worker.py`, so it imports nothing of the app.

Browsers choose among the subsets of the board's font for each letter. resvg takes one font for a whole row, and draws
all of it in another one for a single letter that is missing. So each run of letters says which font is its own, and a
row of several ends in a letter that no font has: then no other one has all of them.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping

OTHERS = "Noto Sans, DejaVu Sans, Liberation Sans, Arial, sans-serif"  # for scripts that the board's font lacks
ROW = re.compile(r"(?<=>)[^<>]*[^\x00-\xff<>][^<>]*(?=</tspan>)")
RUN = re.compile(r"[^\x00-\xff]+")
NOBODYS = '<tspan font-size=".01" fill="none">\U0010fffd</tspan>'
RIGHT_TO_LEFT = "\u202b{}\u202c"
Family = Callable[[str], str]


def families(letters: Mapping[str, Mapping[int, str]]) -> Family:
    """Which font has a letter, of these, the first of which is the one of Latin letters."""

    def family(char: str) -> str:
        return next((name for name, known in letters.items() if ord(char) in known), OTHERS)

    return family


def lettered(svg: str, family: Family) -> str:
    usual = family("a")
    return ROW.sub(lambda row: directed(row[0], family, usual), svg)


def directed(row: str, family: Family, usual: str) -> str:
    """A row that begins with a word of Hebrew or Arabic runs from right to left."""
    first = next((kind for kind in map(unicodedata.bidirectional, row) if kind in ("L", "R", "AL")), "L")
    runs = RUN.sub(lambda run: fonted(run[0], family, usual), row)
    directed = runs if first == "L" else RIGHT_TO_LEFT.format(runs)
    return directed if directed == row else directed + NOBODYS


def fonted(letters: str, family: Family, usual: str) -> str:
    runs: list[tuple[str, str]] = []
    for char in letters:
        name = family(char)
        if runs and runs[-1][0] == name:
            runs[-1] = name, runs[-1][1] + char
        else:
            runs.append((name, char))
    return "".join([text if name == usual else f'<tspan font-family="{name}">{text}</tspan>' for name, text in runs])
