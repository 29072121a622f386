import asyncio
import re
from typing import Any

import aiohttp
import pytest

from harness.people import Person, stroke
from harness.processes import Easel
from tests.integration.sse import Frame, Reader, reading


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


# What they do


async def told(reader: Reader, part: str, limit: float = 10) -> Any:
    """The pages of the first presence event that has this in it."""
    frame = await reader.until(lambda frame: frame.event == "presence" and part in frame.data, limit)
    return frame.json.get("pages", {})


def ink(start: int, *points: float) -> dict[str, Any]:
    return {"ink": {"id": "wet", "from": start, "points": list(points), "color": "teal"}}


async def report(person: Person, board: str, **body: Any) -> None:
    answer = await person.post(f"/boards/{board}/presence", body)
    assert (answer.status, answer.body) == (204, b"")


async def test_a_cursor_and_wet_ink_are_told_to_everybody_and_kept_nowhere(ana: Person, ben: Person) -> None:
    board = await ana.create_board(visibility="link-edit")
    async with reading(ana, board) as anas, reading(ana, board, "?format=json") as program:
        await anas.event("presence")
        await report(ben, board, page="p", cursor=[1, -2.5], tool="pen", selection=["a"])
        (key, page), *others = (await told(anas, "cursor")).items()
        assert not others
        assert re.fullmatch(r"[0-9a-f]{16}\.p", key)
        assert page == {"name": "Ben", "cursor": [1, -2.5], "tool": "pen", "selection": ["a"]}
        await report(ben, board, page="p", **ink(0, 0, 0, 10, 10))
        assert (await told(anas, "ink"))[key] == {
            "ink": [{"id": "wet", "color": "teal", "from": 0, "points": [0, 0, 10, 10]}]
        }
        async with reading(ben, board) as late:
            assert (await told(late, '"all":true'))[key]["ink"][0]["points"] == [0, 0, 10, 10]
        await report(ben, board, page="p", **ink(2, 20, 20))
        assert (await told(anas, '"from":2'))[key] == {"ink": [{"id": "wet", "from": 2, "points": [20, 20]}]}
        gap = await ben.post(f"/boards/{board}/presence", {"page": "p", **ink(9, 0, 0)})
        assert (gap.status, gap.error["code"], gap.error["limit"]) == (409, "gap", 3)
        await ana.draw(board, stroke("end"))
        await program.event("change")
    assert not [frame for frame in program.seen if frame.event == "presence"]
    assert (await ana.get(f"/boards/{board}/changes")).json["changes"][0]["put"][0]["id"] == "end"
    assert [shape["id"] for shape in await ana.shapes(board)] == ["end"]


async def test_strangers_and_other_boards_receive_nothing(ana: Person, ben: Person) -> None:
    board, other = await ana.create_board(), await ana.create_board(visibility="link-edit")
    assert (await ben.post(f"/boards/{board}/presence", {"cursor": [1, 1]})).status == 404
    async with reading(ben, other) as bens:
        await bens.event("presence")
        await report(ana, board, cursor=[1, 1])
        await report(ana, other, cursor=[2, 2])
        assert [page["cursor"] for page in (await told(bens, "cursor")).values()] == [[2, 2]]


async def test_who_looks_on_points_but_neither_draws_nor_drags(ana: Person, ben: Person) -> None:
    board = await ana.create_board(visibility="link-view")
    await report(ben, board, cursor=[1, 1], laser={"id": "l", "from": 0, "points": [1, 1]}, ink=None)
    for body in (ink(0, 0, 0), {"drag": {"a": {"x": 1}}}):
        refused = await ben.post(f"/boards/{board}/presence", body)
        assert (refused.status, refused.error["code"]) == (403, "forbidden")


async def test_an_unfinished_shape_is_sent_whole_until_it_is_on_the_board(ana: Person, ben: Person) -> None:
    board = await ana.create_board(visibility="link-edit")
    line = {"id": "l", "kind": "arrow", "points": [0, 0, 9, 9], "from": {"id": "a", "at": [0.5, 0.5]}}
    async with reading(ana, board) as anas:
        await report(ben, board, drag={"l": {"shape": line}, "t": {"text": "Hel"}})
        [page] = (await told(anas, "drag")).values()
        assert page["drag"] == {"l": {"shape": line}, "t": {"text": "Hel"}}
    assert (await ben.draw(board, line)).status == 201
    async with reading(ana, board) as anas:
        [page] = (await told(anas, "Ben")).values()
        assert page["drag"] == {"t": {"text": "Hel"}}
    assert [shape["id"] for shape in await ana.shapes(board)] == ["l"]


async def test_a_page_that_says_goodbye_is_gone_at_once(ana: Person, ben: Person) -> None:
    board = await ana.create_board(visibility="link-view")
    async with reading(ana, board) as anas:
        await report(ben, board, page="p", cursor=[1, 1])
        await told(anas, "cursor")
        await report(ben, board, page="p", gone=True)
        assert list((await told(anas, "null")).values()) == [None]


async def test_cursors_are_seen_across_processes_and_gone_with_their_reader(
    own_easel: Easel, http: aiohttp.ClientSession
) -> None:
    ana = await Person.sign_in(http, own_easel.url, "Ana")
    ben = await Person.sign_in(http, own_easel.url, "Ben")
    board = await ana.create_board(visibility="link-edit")
    other = own_easel.start_another_web()
    there = Person(http, other, "Ben", ben.id, ben.token)
    async with reading(ana, board) as anas:
        async with reading(ben, board, url=other):
            await sees(anas, "Ana", "Ben")
            await report(there, board, page="p", seq=1, cursor=[5, 5], **ink(0, 0, 0, 1, 1))
            assert (await told(anas, "cursor")).popitem()[1]["ink"][0]["points"] == [0, 0, 1, 1]
            await report(ben, board, page="p", seq=2, **ink(2, 2, 2))  # the same page, through the first process
            assert (await told(anas, '"from":2')).popitem()[1]["ink"][0]["points"] == [2, 2]
        assert (await told(anas, "null")).popitem()[1] is None


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"cursor": [1]}, "cursor"),
        ({"cursor": [1, 2, 3]}, "cursor"),
        ({"cursor": [1, "2"]}, "cursor"),
        ({"cursor": [1, 1e7]}, "cursor"),
        ({"cursor": {"x": 1}}, "cursor"),
        ({"drag": {"a": {"text": "one", "base": 1}}}, "drag.a.base"),
        ({"drag": {"a": {"text": "one", "caret": -1}}}, "drag.a.caret"),
        ({"drag": {"a": {"text": "one", "caret": 10_001}}}, "drag.a.caret"),
        ({"ink": []}, "ink"),
        ({"ink": {"id": "a"}}, "ink.from"),
        ({"ink": {"id": "a b", "from": 0, "points": []}}, "ink.id"),
        ({"ink": {"id": "a", "from": 0, "points": [1]}}, "ink"),
        ({"ink": {"id": "a", "from": 5000, "points": [1, 1]}}, "ink"),
        ({"ink": {"id": "a", "from": 0, "points": [0] * 2002}}, "ink.points"),
        ({"ink": {"id": "a", "from": 0, "points": [1, 1], "pressures": [1, 1]}}, "ink"),
        ({"ink": {"id": "a", "from": 0, "points": [1, 1], "color": "url(#x)"}}, "ink.color"),
        ({"laser": {"id": "a", "from": -1, "points": []}}, "laser.from"),
        ({"drag": {"a": {"kind": "note"}}}, "drag.a.kind"),
        ({"drag": {"a": {"w": -1}}}, "drag.a.w"),
        ({"drag": {"a": {"points": []}}}, "drag.a.points"),
        ({"drag": {"a": {"points": [1, 2, 3]}}}, "drag.a.points"),
        ({"drag": {"a": {"text": "\x00"}}}, "drag.a.text"),
        ({"drag": {"a": {"shape": {"id": "a", "kind": "stroke", "points": [0, 0]}}}}, "drag.a.shape.kind"),
        ({"drag": {"a": {"shape": {"id": "a", "kind": "note", "color": "url(#x)"}}}}, "drag.a.shape.note.color"),
        ({"drag": {f"s{n}": {"x": 1} for n in range(201)}}, "drag"),
        ({"selection": ["a"] * 201}, "selection"),
        ({"tool": "<b>"}, "tool"),
        ({"viewport": [0, 0, 1]}, "viewport"),
        ({"viewport": [0, 0, 0, 0]}, "viewport"),
        ({"viewport": [0, 0, 1, -1]}, "viewport"),
        ({"following": "Ben"}, "following"),
        ({"page": "a b"}, "page"),
        ({"seq": 0}, "seq"),
        ({"unknown": 1}, "unknown"),
    ],
    ids=lambda value: str(value)[:50],
)
async def test_presence_that_makes_no_sense_is_refused(ana: Person, body: object, field: str) -> None:
    board = await ana.create_board()
    answer = await ana.post(f"/boards/{board}/presence", body)
    assert (answer.status, answer.error["field"]) == (422, field)


async def test_more_than_twenty_reports_a_second_are_too_many(easel: Easel, ana: Person) -> None:
    ana.url = easel.start_another_web(RATE_PRESENCE="20")
    board = await ana.create_board()
    answers = await asyncio.gather(*(ana.post(f"/boards/{board}/presence", {"cursor": [1, 1]}) for _ in range(150)))
    limited = [answer for answer in answers if answer.status == 429]
    assert len(answers) - len(limited) <= 120  # at most two windows of two seconds
    assert limited
    assert 1 <= int(limited[0].headers["Retry-After"]) <= 2
    assert limited[0].error["limit"] == 60
