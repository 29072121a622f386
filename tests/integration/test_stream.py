import asyncio
import re
import socket
import uuid
from typing import Any

import aiohttp
import pytest

from harness.people import Answer, Person, stroke
from harness.processes import Easel
from tests.integration.sse import Frame, reading


def elements(frame: Frame) -> dict[str, str]:
    """The drawn elements of a message by their ids."""
    return {
        part.partition('"')[0]: part for part in re.split(r'<(?:g|path) (?:data-before="[^"]*" )?id="', frame.data)[1:]
    }


async def change(person: Person, board: str, **parts: Any) -> Answer:
    answer = await person.post(f"/boards/{board}/changes", {"changeId": str(uuid.uuid4()), **parts})
    assert answer.status == 201, answer.body
    return answer


async def test_a_stroke_reaches_everybody_who_has_the_board_open(ana: Person, ben: Person) -> None:
    board = await ana.create_board(visibility="link-view")
    async with reading(ana, board) as anas, reading(ben, board) as bens:
        await anas.event("status")
        await bens.event("status")
        ts = (await ana.draw(board, stroke("s1", color="teal", x=5, y=-7.5))).json["ts"]
        for reader in (anas, bens):
            told = await reader.message("<svg data-ts")
            assert told.id == ts
            assert told.data == (
                f'<svg data-ts="{ts}"><path id="s1" class="teal" d="M100-150l100 50q100 50 200 0l100-50"/></svg>'
            )


async def test_the_stream_says_first_how_things_are(ana: Person) -> None:
    board = await ana.create_board("A <b>old</b> title")
    async with reading(ana, board) as stream:
        first = [await stream.next() for _ in range(4)]
    assert first[0]
    assert first[1]
    assert first[0].event, first[0].json == ("status", {"state": "live"})
    assert 500 <= (first[0].retry or 0) <= 1500
    assert first[1].event == "version"
    assert first[2] == Frame("access", '{"role":"owner"}')
    title = '<hx-partial hx-target="#title" hx-swap="innerHTML">A &lt;b&gt;old&lt;/b&gt; title</hx-partial>'
    assert first[3] == Frame("message", title)
    assert stream.answer.headers["Content-Type"] == "text/event-stream; charset=utf-8"
    assert stream.answer.headers["X-Accel-Buffering"] == "no"
    assert "no-store" in stream.answer.headers["Cache-Control"]


async def test_changed_moved_removed_and_restored_shapes_are_told(ana: Person) -> None:
    board = await ana.create_board()
    await ana.draw(board, stroke("low", z=1), stroke("mid", z=2), stroke("top", z=3))
    async with reading(ana, board) as stream:
        await stream.event("status")
        await change(ana, board, patch={"low": {"color": "red"}})
        await stream.message('<path id="low" class="red"')
        await change(ana, board, patch={"low": {"z": 2.5}})
        await stream.message('<path data-before="top" id="low"')
        await change(ana, board, remove=["mid"])
        await stream.message('<desc data-removed="mid"/>')
        undone = await ana.post(f"/boards/{board}/undo", {"changeId": str(uuid.uuid4())})
        told = await stream.message("<svg data-ts")
        assert told.id == undone.json["ts"]
        assert '<path data-before="low" id="mid"' in told.data
    assert [shape["id"] for shape in await ana.shapes(board)] == ["mid", "low", "top"]


async def test_an_arrow_is_told_with_the_shape_that_it_is_bound_to(ana: Person) -> None:
    board = await ana.create_board()
    arrow = {"id": "arrow", "kind": "arrow", "points": [0, 0, 500, 0], "to": {"id": "box", "at": [0.5, 0.5]}}
    await ana.draw(board, {"id": "box", "kind": "rectangle", "x": 400, "w": 100, "h": 100}, arrow)
    async with reading(ana, board) as stream:
        await stream.event("status")
        told = []
        for what in ({"patch": {"box": {"y": 300}}}, {"patch": {"box": {"y": 301}}}, {"remove": ["box"]}):
            ts = (await change(ana, board, **what)).json["ts"]
            told.append(elements(await stream.message(f'<svg data-ts="{ts}"')))
    assert [set(drawn) for drawn in told] == [{"box", "arrow"}, {"box", "arrow"}, {"arrow"}]
    paths = [drawn["arrow"].partition("<path")[2] for drawn in told]
    assert len(set(paths)) == 3, "it follows the box, and stays where it was put when that is gone"
    log = (await ana.get(f"/boards/{board}/changes")).json["changes"]
    assert [list(row["patch"]) for row in log] == [[], ["box"], ["box"], ["arrow"]], "stored only once the box is gone"


async def test_whoever_comes_back_gets_what_they_missed(ana: Person) -> None:
    board = await ana.create_board()
    seen = (await ana.draw(board, stroke("s1"))).json["ts"]
    await ana.draw(board, stroke("s2"))
    last = (await ana.draw(board, stroke("s3"))).json["ts"]
    async with reading(ana, board, f"?after={seen}") as stream:
        told = await stream.message("<svg data-ts")
    assert told.id == last
    assert "<svg data-ts=" in told.data
    assert [f'id="{id}"' in told.data for id in ("s1", "s2", "s3")] == [False, True, True]


async def test_the_last_event_id_wins_over_after(ana: Person) -> None:
    board = await ana.create_board()
    first = (await ana.draw(board, stroke("s1"))).json["ts"]
    second = (await ana.draw(board, stroke("s2"))).json["ts"]
    await ana.draw(board, stroke("s3"))
    async with reading(ana, board, f"?after={first}", **{"Last-Event-ID": second}) as stream:
        told = await stream.message("<svg data-ts")
    assert 'id="s2"' not in told.data
    assert 'id="s3"' in told.data


async def test_programs_read_every_change_as_json(ana: Person) -> None:
    board = await ana.create_board()
    async with reading(ana, board, "?format=json") as stream:
        assert (await stream.next()) == Frame("comment", "")
        drawn = await ana.draw(board, stroke("s1", points=[0, 0, 1.5, -2]), change_id="first")
        told = await stream.event("change")
        assert told.id == drawn.json["ts"]
        (shape,) = told.json.pop("put")
        assert told.json.items() >= {"changeId": "first", "ts": told.id, "remove": [], "patch": {}}.items()
        assert (shape["id"], shape["points"], shape["ts"]) == ("s1", [0, 0, 1.5, -2], told.id)
        assert shape["author"] == told.json["author"] == ana.id
        await change(ana, board, patch={"s1": {"x": 5}})
        assert (await stream.event("change")).json["patch"] == {"s1": {"x": 5}}
        removed = await change(ana, board, remove=["s1"])
        assert (await stream.event("change")).json["remove"] == ["s1"]
        await ana.post(f"/boards/{board}/undo", {"changeId": "back"})
        restored = (await stream.event("change")).json
        assert restored["undoes"] == removed.json["changeId"]
        assert (restored["put"][0]["id"], restored["put"][0]["x"]) == ("s1", 5)


async def test_without_a_place_to_start_from_the_stream_starts_now(ana: Person) -> None:
    board = await ana.create_board()
    await ana.draw(board, stroke("old"))
    async with reading(ana, board, "?format=json") as stream:
        await stream.next()
        await ana.draw(board, stroke("new"))
        await stream.event("change")
    assert [frame.json["put"][0]["id"] for frame in stream.seen if frame.event != "comment"] == ["new"]


async def test_titles_are_told_as_they_change(ana: Person) -> None:
    board = await ana.create_board("Before")
    async with reading(ana, board) as stream:
        await stream.message("Before")
        await ana.request("PATCH", f"/boards/{board}", json={"title": "After & <all>"})
        told = await stream.message("#title")
    assert told == Frame(
        "message", '<hx-partial hx-target="#title" hx-swap="innerHTML">After &amp; &lt;all&gt;</hx-partial>'
    )


async def test_a_stranger_is_out_at_once_when_the_board_becomes_private(ana: Person, ben: Person) -> None:
    board = await ana.create_board(visibility="link-edit")
    async with reading(ana, board) as anas, reading(ben, board) as bens:
        assert (await bens.event("access")).json == {"role": "editor"}
        await ana.request("PATCH", f"/boards/{board}", json={"visibility": "link-view"})
        assert (await bens.event("access")).json == {"role": "viewer"}
        await ana.request("PATCH", f"/boards/{board}", json={"visibility": "private"})
        assert (await bens.rest())[-1] == Frame("access", '{"role":null}')
        await ana.draw(board, stroke("s1"))
        await anas.message('id="s1"')
    assert (await ben.get(f"/boards/{board}/stream")).status == 404


async def test_a_removed_board_ends_its_streams(ana: Person) -> None:
    board = await ana.create_board()
    async with reading(ana, board) as stream:
        assert (await stream.event("access")).json == {"role": "owner"}
        await ana.request("DELETE", f"/boards/{board}")
        assert (await stream.event("access")).json == {"role": None}
        assert await stream.rest() == []
    assert (await ana.get(f"/boards/{board}/stream")).status == 404


@pytest.mark.parametrize("board", ["nothing-here", "j57" + "0" * 29, "a%20b"])
async def test_an_unknown_board_has_no_stream(ana: Person, board: str) -> None:
    answer = await ana.get(f"/boards/{board}/stream")
    assert (answer.status, answer.error["code"]) == (404, "not_found")


async def test_a_private_board_has_no_stream_for_strangers(ana: Person, ben: Person, easel: Easel) -> None:
    board = await ana.create_board()
    missing = await ben.get("/boards/nothing-here/stream")
    assert (await ben.get(f"/boards/{board}/stream")).body == missing.body
    async with ana.http.get(f"{easel.url}/boards/{board}/stream", headers={"Accept": "application/json"}) as answer:
        assert answer.status == 404


@pytest.mark.parametrize("query", ["?after=-1", "?after=x", "?after=", "?after=" + "9" * 20, "?format=xml"])
async def test_a_stream_that_makes_no_sense_is_refused(ana: Person, query: str) -> None:
    board = await ana.create_board()
    answer = await ana.get(f"/boards/{board}/stream{query}")
    assert (answer.status, answer.error["code"]) == (422, "invalid")


async def test_other_sites_get_no_stream(ana: Person) -> None:
    board = await ana.create_board(visibility="link-view")
    answer = await ana.get(f"/boards/{board}/stream", headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status == 403


async def test_a_stalled_reader_is_dropped_and_delays_nobody(ana: Person, easel: Easel) -> None:
    board = await ana.create_board(visibility="link-view")
    points = [float(n % 100) for n in range(10_000)]
    with socket.socket() as stuck:
        stuck.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        stuck.connect(("127.0.0.1", easel.port))
        stuck.sendall(f"GET /boards/{board}/stream HTTP/1.1\r\nHost: 127.0.0.1:{easel.port}\r\n\r\n".encode())
        sent = 0
        async with reading(ana, board) as reader:
            await reader.event("status")
            for number in range(60):
                strokes = [stroke(f"s{number}-{part}", points) for part in range(4)]
                assert (await ana.draw(board, *strokes)).status == 201
                sent += len((await reader.message(f'id="s{number}-0"')).data)
        got = await asyncio.to_thread(everything, stuck)
    assert b"event: status" in got
    assert len(got) < sent / 2


def everything(connection: socket.socket) -> bytes:
    """What a reader who reads at last still gets before the end."""
    connection.settimeout(20)
    got = b""
    while not got.endswith(b"\r\n0\r\n\r\n"):
        piece = connection.recv(1 << 16)
        assert piece, "cut off"
        got += piece
    return got


async def test_the_oldest_of_too_many_streams_ends_and_is_told_why(tmp_path_factory: pytest.TempPathFactory) -> None:
    limits = {"MAX_STREAMS_PER_PERSON": "2", "MAX_STREAMS_PER_ADDRESS": "3"}
    async with aiohttp.ClientSession(cookie_jar=aiohttp.DummyCookieJar()) as http:
        with Easel(tmp_path_factory.mktemp("limited"), **limits) as easel:
            ana = await Person.sign_in(http, easel.url, "Ana")
            ben = await Person.sign_in(http, easel.url, "Ben")
            board = await ana.create_board(visibility="link-view")
            async with reading(ana, board) as first, reading(ana, board) as second, reading(ana, board) as third:
                assert (await first.rest())[-1].event == "superseded"
                async with reading(ben, board) as bens, reading(ben, board):
                    assert (await second.rest())[-1].event == "superseded"
                    await ana.draw(board, stroke("s1"))
                    await third.message('id="s1"')
                    await bens.message('id="s1"')


async def test_a_stroke_posted_to_one_process_is_seen_through_another(
    own_easel: Easel, http: aiohttp.ClientSession
) -> None:
    ana = await Person.sign_in(http, own_easel.url, "Ana")
    board = await ana.create_board()
    await ana.draw(board, stroke("before"))
    other = own_easel.start_another_web()
    async with reading(ana, board, url=other) as stream:
        await stream.event("status")
        drawn = await ana.draw(board, stroke("s1"))
        assert (await stream.message('id="s1"')).id == drawn.json["ts"]
    await too_old_for_a_replay(ana, board, other)


async def too_old_for_a_replay(ana: Person, board: str, url: str) -> None:
    """This process opened the board after its first change: whoever has not even that gets all shapes."""
    ts = (await ana.draw(board, stroke("last"))).json["ts"]
    async with reading(ana, board, "?after=1", url=url) as stream:
        told = await stream.message("data-whole")
        if told.id != ts:
            assert 'id="last"' in (await stream.message("<svg data-ts")).data
        assert 'id="before"' in told.data
    async with reading(ana, board, "?after=1&format=json", url=url) as stream:
        event = await stream.event("snapshot")
    assert (event.id, event.json["ts"]) == (ts, ts)
    assert event.json["shapes"] == await ana.shapes(board)
