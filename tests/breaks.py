"""Where lines of text may break, by Unicode 16: makes the two tables of the text layout from uniseg's data.

    .venv/bin/python -m tests.breaks

with Python 3.11: which characters are wide, and the categories of quotation marks, come from Python's own Unicode 14.

The rules are in tests/breaking_rules.py, in the names of their classes. The tables have them as letters, one for each
class, so that both sides only look letters up: app/drawing/breaking.py and browser/text/breaking.ts.
"""

import functools
import json
import re
import unicodedata
from itertools import pairwise, product
from pathlib import Path

from uniseg.derived import indic_conjunct_break
from uniseg.emoji import extended_pictographic
from uniseg.graphemecluster import grapheme_cluster_break
from uniseg.linebreak import line_break

from tests.breaking_rules import CLUSTER, CLUSTERED, CLUSTERS, MARKS, RULES, SETS

ROOT = Path(__file__).parents[1]
PYTHON = ROOT / "app/drawing/breaks.py"
JAVASCRIPT = ROOT / "browser/text/breaks.ts"
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
LETTERS = [chr(n) for n in (*range(0x41, 0x5B), *range(0xC0, 0x180)) if n not in (0xD7, 0xF7)]
SYLLABLES = range(0xAC00, 0xD7A4)  # of Hangul; every 28th is an LV, the others are LVT


def line_class(char: str) -> tuple[str, bool]:
    """The class that the rules see, and whether the character is wide."""
    name, category = line_break(char).name, unicodedata.category(char)
    pictured = extended_pictographic(char) and category == "Cn"
    match name:
        case "AI" | "SG" | "XX":
            name = "AL"
        case "SA":
            name = "CM" if category in ("Mn", "Mc") else "AL"
        case "CJ":
            name = "NS"
        case "QU":
            name = {"Pi": "QI", "Pf": "QF"}.get(category, "QU")
    name = {"\t": "SP", "\u2010": "HH", "\u25cc": "DC"}.get(char, name)
    return f"{name}x" if pictured else name, unicodedata.east_asian_width(char) in "FWH"


def cluster_class(char: str) -> str:
    name, conjunct = grapheme_cluster_break(char).name, indic_conjunct_break(char).name
    if extended_pictographic(char):
        name = "PICTURE"
    elif conjunct == "CONSONANT":
        name = conjunct
    elif name == "EXTEND" and conjunct != "EXTEND":
        name = "LINKER" if conjunct == "LINKER" else "NOT JOINING"
    return CLUSTERS[name]


@functools.cache
def runs() -> list[tuple[int, tuple[str, bool, str]]]:
    """The first code point of each run of a class. What is not assigned goes with the characters before it."""
    found: list[tuple[int, tuple[str, bool, str]]] = []
    for point in range(0x110000):
        char = chr(SYLLABLES[1] if point in SYLLABLES else point)
        sort = *line_class(char), cluster_class(char)
        unknown = unicodedata.category(char) == "Cn" and sort[0] == "AL" and sort[2] == "o"
        if not found or (sort != found[-1][1] and (not unknown or found[-1][1][2] == "p")):
            found.append((point, sort))
    return found


def names() -> list[tuple[str, bool]]:
    """Every class that the rules know, narrow and wide where there are both."""
    found = list(dict.fromkeys([*[sort[:2] for _, sort in runs()], ("H2", True)]))
    for _, changes in MARKS:
        for old, new in changes.items():
            for before, after in zip(old.split(), new.split(), strict=True):
                found += [(after, wide) for name, wide in found if name == before and (after, wide) not in found]
    return found


@functools.cache
def alphabet() -> dict[tuple[str, bool], str]:
    """The letter of each class."""
    return dict(zip(names(), LETTERS, strict=False))


def letters(names: str) -> str:
    """`OP IS-` or `!S!BA`: all letters of these classes; `*`: of every class."""
    wanted: set[tuple[str, bool]] = set()
    if names.startswith("!"):
        left_out = "".join([letters(name) for name in names[1:].split("!")])
        return "".join([letter for letter in alphabet().values() if letter not in left_out])
    for name in names.split():
        plain = name.rstrip("-")
        every = {one for one, _ in alphabet()} if plain == "*" else set(SETS.get(plain, plain).split())
        wanted |= {pair for pair in alphabet() if pair[0] in every and not (name.endswith("-") and pair[1])}
    return "".join([letter for pair, letter in alphabet().items() if pair in wanted])


def mark(pattern: str, changes: dict[str, str]) -> tuple[str, list[tuple[str, str]]]:
    """The same with letters: what is found, and what is replaced in it."""

    def listed(found: re.Match[str]) -> str:
        names = found[1].removeprefix("!").split()
        wide = "EA" in names
        those = "".join([letter for pair, letter in alphabet().items() if pair[0] in names or (wide and pair[1])])
        return f"[{'^' if found[1][0] == '!' else ''}{those}]"

    replaced = [
        tuple("".join([alphabet()[name, wide] for name in names.split()]) for names in (old, new))
        for old, new in changes.items()
        for wide in (False, True)
        if all((name, wide) in alphabet() for name in old.split())
    ]
    return re.sub("<(!?[A-Z][^>]*)>", listed, pattern), [(old, new) for old, new in replaced]


def glue() -> dict[str, str]:
    """By a letter on the left, those that stay on its line."""
    decided: dict[tuple[str, str], bool] = {}
    for rule in RULES.split("\n"):
        for part in rule.strip().partition(" ")[2].split("|"):
            if found := re.fullmatch(r"\s*(.*) ([×÷]) (.*?)\s*", part):
                for pair in product(letters(found[1]), letters(found[3])):
                    decided.setdefault(pair, found[2] == "×")
    return {
        left: "".join([right for right in alphabet().values() if decided.get((left, right))])
        for left in alphabet().values()
    }


def tables() -> dict[str, object]:
    sorts = sorted({sort for _, sort in runs()})
    names = dict(zip(sorts, LETTERS, strict=False))
    deltas = [0, *[after - before for (before, _), (after, _) in pairwise(runs())]]
    return {
        "RUNS": " ".join([f"{_base36(delta)}{names[sort]}" for delta, (_, sort) in zip(deltas, runs(), strict=True)]),
        "SORTS": {names[sort]: alphabet()[sort[:2]] + sort[2] for sort in sorts},
        "MARKS": [mark(*one) for one in MARKS],
        "GLUE": glue(),
        "ATTACHED": letters("CM ZWJ"),
        "JOINER": letters("ZWJ"),
        "APART": letters("SP ZW BK CR LF NL"),
        "ALPHABETIC": alphabet()["AL", False],
        "SYLLABLE": alphabet()["H2", True] + "y",
        "CLUSTER": CLUSTER,
        "CLUSTERED": CLUSTERED,
    }


def _base36(value: int) -> str:
    return (_base36(value // 36) if value >= 36 else "") + DIGITS[value % 36]


def _lines(value: object) -> list[str]:
    """JSON in lines that an editor can show."""
    text = json.dumps(value, ensure_ascii=False)
    if len(text) < 120 or isinstance(value, str):
        return [text]
    if isinstance(value, dict):
        return [
            "{",
            *[
                f"  {json.dumps(key, ensure_ascii=False)}: {json.dumps(one, ensure_ascii=False)},"
                for key, one in value.items()
            ],
            "}",
        ]
    assert isinstance(value, list)
    return ["[", *[f"  {json.dumps(one, ensure_ascii=False)}," for one in value], "]"]


COMMENT = "Made by tests/breaks.py from Unicode 16: which characters stay together, and between which lines may break."


def python() -> str:
    found = [f'"""{COMMENT}"""', "", "# ruff: noqa: E501", "# fmt: off"]
    for name, value in tables().items():
        text = "\n".join(_lines(value))
        if name == "MARKS":
            text = text.replace('["', '("').replace('"]', '")').replace("]],", "]),")
        found.append(f"{name} = {text}")
    return "\n".join([*found, ""])


def javascript() -> str:
    found = [f"/** {COMMENT} */"]
    kind = {
        "SORTS": ": Record<string, string>",
        "GLUE": ": Record<string, string>",
        "MARKS": ": [string, [string, string][]][]",
    }
    for name, value in tables().items():
        found.append(f"export const {name}{kind.get(name, '')} = " + "\n".join(_lines(value)) + ";")
    return "\n".join([*found, ""])


if __name__ == "__main__":
    PYTHON.write_text(python())
    JAVASCRIPT.write_text(javascript())
