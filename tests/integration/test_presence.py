import re

import aiohttp
import pytest

from tests.integration.sse import Frame, Reader, reading
from tests.people import Person
from tests.processes import Easel


def names(frame: Frame) -> list[str]:
    return re.findall(r'<li class="person" data-person="[0-9a-f]{16}" data-hue="\d" title="(.*?)">', frame.data)


async def sees(reader: Reader, *expected: str, limit: float = 10) -> None:
    """Wait until exactly these are shown."""
    await reader.until(lambda frame: "#people" in frame.data and names(frame) == list(expected), limit)


async def test_people_see_who_comes_and_who_goes(ana: Person, ben: Person) -> None:
    board = await ana.create_board(visibility="link-view")
    async with reading(ana, board) as anas:
        await sees(anas, "Ana")
        async with reading(ben, board):
            await sees(anas, "Ana", "Ben")
        await sees(anas, "Ana")


async def test_somebody_in_two_tabs_is_there_once(ana: Person, ben: Person) -> None:
    board = await ana.create_board(visibility="link-view")
    async with reading(ana, board) as anas:
        async with reading(ben, board):
            async with reading(ben, board):
                await sees(anas, "Ana", "Ben")
            async with reading(ben, board) as bens:
                await sees(bens, "Ana", "Ben")
        await sees(anas, "Ana")
    assert all(names(frame).count("Ben") < 2 for frame in anas.seen)


async def test_readers_without_a_name_are_not_shown(ana: Person, easel: Easel) -> None:
    board = await ana.create_board(visibility="link-view")
    async with ana.http.get(f"{easel.url}/boards/{board}/stream") as anonymous, reading(ana, board) as anas:
        assert anonymous.status == 200
        await sees(anas, "Ana")


async def test_names_are_text_and_nothing_else(http: aiohttp.ClientSession, easel: Easel) -> None:
    eve = await Person.sign_in(http, easel.url, '"><script>')
    board = await eve.create_board()
    async with reading(eve, board) as stream:
        told = await stream.message("<li")
    assert "<script" not in told.data
    assert 'title="&#34;&gt;&lt;script&gt;"' in told.data


async def test_people_are_seen_across_processes_until_their_process_dies(
    own_easel: Easel, http: aiohttp.ClientSession
) -> None:
    ana = await Person.sign_in(http, own_easel.url, "Ana")
    ben = await Person.sign_in(http, own_easel.url, "Ben")
    board = await ana.create_board(visibility="link-view")
    other = own_easel.start_another_web()
    async with reading(ana, board) as anas:
        async with reading(ben, board, url=other) as bens:
            await sees(bens, "Ana", "Ben")
            await sees(anas, "Ana", "Ben")
        await sees(anas, "Ana")
        async with reading(ben, board, url=other):
            await sees(anas, "Ana", "Ben")
            own_easel.others[0].kill()
            await sees(anas, "Ana", limit=40)


async def test_the_cursor_is_taken(ana: Person) -> None:
    board = await ana.create_board()
    for body in ({}, {"cursor": [1, -2.5]}):
        answer = await ana.post(f"/boards/{board}/presence", body)
        assert (answer.status, answer.body) == (204, b"")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"cursor": [1]}, "cursor"),
        ({"cursor": [1, 2, 3]}, "cursor"),
        ({"cursor": [1, "2"]}, "cursor"),
        ({"cursor": [1, 1e7]}, "cursor"),
        ({"cursor": {"x": 1}}, "cursor"),
        ({"ink": []}, "ink"),
    ],
)
async def test_a_cursor_that_makes_no_sense_is_refused(ana: Person, body: object, field: str) -> None:
    board = await ana.create_board()
    answer = await ana.post(f"/boards/{board}/presence", body)
    assert (answer.status, answer.error["field"]) == (422, field)


async def test_strangers_have_no_presence_on_a_private_board(ana: Person, ben: Person) -> None:
    board = await ana.create_board()
    assert (await ben.post(f"/boards/{board}/presence", {})).status == 404
