"""Which characters stay together, and where a line may break: UAX #29 and UAX #14.

The same as browser/text/breaking.ts. Both look up letters in a table that is made for both,
so they agree whatever Unicode a machine has.
"""

import re
from bisect import bisect_right
from itertools import accumulate

from app.drawing import breaks

_RUNS = breaks.RUNS.split(" ")
_FIRSTS = list(accumulate([int(run[:-1], 36) for run in _RUNS]))
_MARKS = [(re.compile(pattern), changes) for pattern, changes in breaks.MARKS]
_CLUSTER = re.compile(breaks.CLUSTER)
_CLUSTERED = re.compile(breaks.CLUSTERED)
_HANGUL, _PER_VOWEL = range(0xAC00, 0xD7A4), 28  # syllables; each 28th ends in a vowel


class _Letters(dict[int, str]):
    """By code point one of the two letters of its class; those that were asked for are kept."""

    def __init__(self, which: int) -> None:
        self._which = which

    def __missing__(self, point: int) -> str:
        letters = breaks.SORTS[_RUNS[bisect_right(_FIRSTS, point) - 1][-1]]
        if point in _HANGUL and (point - _HANGUL[0]) % _PER_VOWEL == 0:
            letters = breaks.SYLLABLE
        self[point] = letters[self._which]
        return self[point]


_LINE, _CLUSTERS = _Letters(0), _Letters(1)


def clusters(text: str) -> list[str]:
    """What people see as one character each."""
    kinds = text.translate(_CLUSTERS)
    if not _CLUSTERED.search(kinds):
        return list(text)
    return [text[found.start() : found.end()] for found in _CLUSTER.finditer(kinds)]


def opportunities(text: str) -> list[int]:
    """The places within the text where a line may break, behind its spaces; never within a cluster."""
    kinds = text.translate(_LINE)
    places, letters = _attached(kinds)
    for pattern, changes in _MARKS:
        letters = pattern.sub(lambda found, changes=changes: _replaced(found[0], changes), letters)  # type: ignore[misc]
    found = [
        places[n]
        for n in range(1, len(letters))
        if letters[n] not in breaks.GLUE[letters[n - 1]] and kinds[places[n] - 1] not in breaks.JOINER
    ]
    whole = clusters(text)
    if len(whole) == len(text):
        return found
    ends = set(accumulate([len(cluster) for cluster in whole]))
    return [place for place in found if place in ends]


def _attached(kinds: str) -> tuple[range | list[int], str]:
    """The letters without marks that belong to the one before, and their places. Other marks are alphabetic."""
    if not any(mark in kinds for mark in breaks.ATTACHED):
        return range(len(kinds)), kinds
    places: list[int] = []
    letters = ""
    for place, letter in enumerate(kinds):
        if letter not in breaks.ATTACHED:
            letters += letter
        elif letters and letters[-1] not in breaks.APART:
            continue
        else:
            letters += breaks.ALPHABETIC
        places.append(place)
    return places, letters


def _replaced(found: str, changes: list[tuple[str, str]]) -> str:
    for old, new in changes:
        found = found.replace(old, new)
    return found
