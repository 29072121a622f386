"""A guest who does at once all that is allowed: others wait for a few of these requests, and not for all."""

import asyncio

from harness.people import Person, stroke
from harness.processes import Easel
from tests.hostile.others import others
from tests.integration.hooks import hook_of, send

AT_ONCE = 200  # the changes of a second
ROUNDS = 3
POINTS = [float(n * 7 % 500) for n in range(120)]


async def test_a_flood_of_legal_changes_keeps_nobody_waiting(easel: Easel, ana: Person) -> None:
    board = await ana.create_board()
    async with others(easel):
        for _ in range(ROUNDS):
            asked = [ana.draw(board, stroke(points=POINTS)) for _ in range(AT_ONCE)]
            assert {answer.status for answer in await asyncio.gather(*asked)} == {201}
    assert len(await ana.shapes(board)) == ROUNDS * AT_ONCE


async def test_a_flood_of_reads_keeps_nobody_waiting(easel: Easel, ana: Person) -> None:
    board = await ana.create_board()
    for _ in range(4):
        await ana.draw(board, *[stroke(points=POINTS) for _ in range(100)])
    async with others(easel):
        for _ in range(ROUNDS):
            reads = [ana.get(f"/boards/{board}{end}") for end in (".json", "", ".svg", "/changes") for _ in range(10)]
            assert {answer.status for answer in await asyncio.gather(*reads)} == {200}


async def test_a_flood_of_presence_keeps_nobody_waiting(easel: Easel, ana: Person) -> None:
    board = await ana.create_board()
    async with others(easel):
        for _ in range(ROUNDS):
            tells = [ana.post(f"/boards/{board}/presence", {"cursor": [n, n]}) for n in range(60)]
            assert {answer.status for answer in await asyncio.gather(*tells)} == {204}


async def test_a_flood_of_notes_by_a_hook_keeps_nobody_waiting(easel: Easel, ana: Person) -> None:
    """On a board with as much on it as a lesson leaves; and by addresses that are no hook's."""
    board = await ana.create_board()
    for _ in range(4):
        await ana.draw(board, *[stroke(points=POINTS, x=n * 40, y=n * 40) for n in range(100)])
    url = (await hook_of(ana, board))["url"]
    wrong = f"{easel.url}/hooks/hook_{'x' * 32}"
    note = {"text": "x" * 1_000}
    async with others(easel):
        for _ in range(ROUNDS):
            notes = [send(ana.http, one, note) for one in (url, wrong) for _ in range(100)]
            assert {answer.status for answer in await asyncio.gather(*notes)} <= {201, 404, 429}
