"""A body whose every item is an error or a cost: the first fault ends the reading, whatever the route."""

import asyncio
import json
from typing import Any

import pytest

from harness.people import Person, stroke
from harness.processes import Easel
from tests.hostile.others import others
from tests.hostile.raw import cpu

ROUND = 20  # times each body is sent
MOST = 0.25  # s of computing a body, in all threads: more than ten times what it takes
ID = "a" * 8


def filled(start: str, item: str, end: str, size: int = 240_000) -> str:
    return start + ",".join([item] * ((size - len(start) - len(end)) // (len(item) + 1))) + end


def named(start: str, item: str, end: str, size: int = 240_000) -> str:
    """The same with items that have a name each."""
    count = (size - len(start) - len(end)) // (len(item) + 8)
    return start + ",".join(f'"{number:x}":{item}' for number in range(count)) + end


CHANGE = f'{{"changeId":"{ID}",'
ILLEGAL = {
    "numbers put": ("changes", filled(CHANGE + '"put":[', "1", "]}")),
    "numbers removed": ("changes", filled(CHANGE + '"remove":[', "1", "]}")),
    "lists put": ("changes", filled(CHANGE + '"put":[', "[]", "]}")),
    "objects put": ("changes", filled(CHANGE + '"put":[', "{}", "]}")),
    "patches": ("changes", named(CHANGE + '"patch":{', "{}", "}}")),
    "fields of a patch": ("changes", named(CHANGE + '"patch":{"a":{', "1", "}}}")),
    "fields of the change": ("changes", named(CHANGE, "1", "}")),
    "fields of shapes": ("changes", filled(CHANGE + '"put":[', named('{"kind":"stroke",', "1", "}", 2_000), "]}")),
    "ids removed": ("changes", filled(CHANGE + '"remove":[', '"a"', "]}")),
    "points": ("changes", filled(CHANGE + '"put":[{"id":"a","kind":"stroke","points":[', "null", "]}]}")),
    "too many points": ("changes", filled(CHANGE + '"put":[{"id":"a","kind":"stroke","points":[', "1", "]}]}")),
    "a text": ("changes", CHANGE + '"put":[{"id":"a","kind":"text","text":"' + "x" * 230_000 + '"}]}'),
    "a depth": ("changes", CHANGE + '"put":' + "[" * 120_000 + "]" * 120_000 + "}"),
    "a text without an end": ("changes", "{" + ":" * 1_000 + '"' + '\\"' * 115_000),
    "a reversal": ("undo", named("{", "1", "}", 60_000)),
    "a selection": ("presence", filled('{"selection":[', "1", "]}", 60_000)),
    "a drag": ("presence", named('{"drag":{', "1", "}}", 60_000)),
    "ink": ("presence", filled('{"ink":{"id":"a","from":0,"points":[', '"1"', "]}}", 60_000)),
    "a viewport": ("presence", filled('{"viewport":[', "{}", "]}", 60_000)),
    "an invitation": ("invites", named("{", "1", "}", 60_000)),
    "an owner": ("ownership", named("{", "1", "}", 60_000)),
    "a name that is long": ("", '{"title":"' + "\u202e" * 20_000 + '"}'),
}


@pytest.mark.parametrize("name", list(ILLEGAL))
async def test_an_illegal_body_is_refused_at_its_first_fault(easel: Easel, ana: Person, name: str) -> None:
    end, body = ILLEGAL[name]
    board = await ana.create_board()
    path = f"/boards/{board}" + (f"/{end}" if end else "")
    method = "PATCH" if not end else "POST"
    async with others(easel) as took:
        spent = cpu(easel.web_pid)
        asked = [
            ana.request(method, path, data=body, headers={"Content-Type": "application/json"}) for _ in range(ROUND)
        ]
        answers = await asyncio.gather(*asked)
    assert {answer.status for answer in answers} <= {400, 413, 422}, answers[0].body
    assert all(len(answer.body) < 1_000 and answer.error["message"] for answer in answers)
    assert cpu(easel.web_pid) - spent < MOST * (ROUND + len(took.during))


async def test_cells_that_are_none_are_refused_at_the_first(ana: Person) -> None:
    board = await ana.create_board()
    answer = await ana.get(f"/boards/{board}/cells/near?" + "&".join(["at=x"] * 1_000))
    assert (answer.status, answer.error["field"]) == (422, "at")


def largest() -> list[dict[str, Any]]:
    many = [stroke(f"s{number}", [float(n % 10) for n in range(10_000)]) for number in range(6)]
    small = [{"id": f"n{number}", "kind": "note", "text": "{[:]}" * 100} for number in range(190)]
    return [{"put": many}, {"put": small}, {"remove": [f"n{number}" for number in range(190)]}]


async def test_the_largest_legal_bodies_are_taken(easel: Easel, ana: Person) -> None:
    board = await ana.create_board()
    async with others(easel, limit=0.3):  # a turn of the deployment, the first time: 95 ms
        for number, change in enumerate(largest()):
            body = json.dumps({"changeId": f"c{number}", **change}, separators=(",", ":"))
            answer = await ana.post(f"/boards/{board}/changes", data=body, headers={"Content-Type": "application/json"})
            assert answer.status == 201, answer.body
    assert len(await ana.shapes(board)) == 6
