"""Incoming hooks: a program sends text to a secret address, and it is a note on the board."""

import asyncio
import re
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from harness.people import Person, stroke
from harness.processes import Easel
from tests.conftest import connections
from tests.convex.crons import Crons
from tests.integration.hooks import NOTES, hook_of, put, send
from tests.integration.sse import reading

WRONG = "hook_" + "x" * 32
EDGE = "-" * 24 + "a1b2c3d4"  # as curl makes it
PART = f'--{EDGE}\r\nContent-Disposition: form-data; name="text"\r\n\r\n'.encode()


@pytest.fixture
async def board(ana: Person) -> str:
    return await ana.create_board("Builds")


async def test_a_note_from_a_hook_is_on_the_board_for_everybody(
    ana: Person, board: str, http: aiohttp.ClientSession
) -> None:
    hook = await hook_of(ana, board)
    assert re.fullmatch(re.escape(ana.url) + r"/hooks/hook_[A-Za-z0-9_-]{32}", hook["url"])
    async with reading(ana, board, "?format=json") as stream:
        made = await put(http, hook["url"], "Build 7 failed\r\nsee the log", color="red")
        change = (await stream.event("change")).json
    assert (made["board"], made["frame"]) == (board, None)
    [note] = await ana.shapes(board)
    assert [put["id"] for put in change["put"]] == [note["id"]] == [made["shape"]]
    assert (note["kind"], note["text"], note["color"]) == ("note", "Build 7 failed\nsee the log", "red")
    assert {side: note[side] for side in "xywh"} == {side: made[side] for side in "xywh"}
    [listed] = (await ana.get(f"/boards/{board}/hooks")).json["hooks"]
    assert (listed["id"], listed["name"], listed["uses"]) == (hook["id"], "CI", 1)
    assert listed["usedAt"] > 0
    assert "url" not in listed


async def test_blame_and_history_say_that_the_hook_did_it(ana: Person, board: str, http: aiohttp.ClientSession) -> None:
    hook = await hook_of(ana, board)
    await put(http, hook["url"])
    renamed = await ana.request("PATCH", f"/boards/{board}/hooks/{hook['id']}", json={"name": "Nightly build"})
    assert (renamed.status, renamed.json["name"]) == (200, "Nightly build")
    people = (await ana.get(f"/boards/{board}/authors")).json["people"]
    assert [one["name"] for one in people] == ["hook: Nightly build"]
    offered = (await ana.get(f"/boards/{board}/takebacks?user={hook['user']}")).json
    assert (offered["name"], len(offered["choices"])) == ("hook: Nightly build", 1)
    history = (await ana.get(f"/boards/{board}/history")).body.decode()
    assert "hook: Nightly build" in history


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("application/x-www-form-urlencoded", b"text=Milk+%26+bread&color="),
        ("text/plain; charset=utf-8", b"Milk & bread\n"),
        ("application/json", b'{"text": "Milk & bread", "frame": null}'),
        (f"multipart/form-data; boundary={EDGE}", PART + b"Milk & bread\r\n--" + EDGE.encode() + b"--\r\n"),
    ],
    ids=["form", "plain", "json", "multipart"],
)
async def test_a_note_comes_as_json_a_form_or_plain_text(
    ana: Person, board: str, http: aiohttp.ClientSession, kind: str, data: bytes
) -> None:
    url = (await hook_of(ana, board))["url"]
    headers = {"Content-Type": kind, "Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    assert (await send(http, url, data=data, headers=headers)).status == 201
    assert [shape["text"] for shape in await ana.shapes(board)] == ["Milk & bread"]


async def test_a_person_who_sent_a_form_gets_a_page(ana: Person, board: str, http: aiohttp.ClientSession) -> None:
    url = (await hook_of(ana, board))["url"]
    for text, status, words in (("Milk", 201, "Your note is on the board"), ("", 422, "text must have 1 to 1000")):
        answer = await send(http, url, data={"text": text}, headers={"Accept": "text/html"})
        assert (answer.status, answer.headers["Content-Type"]) == (status, "text/html; charset=utf-8")
        assert words in answer.body.decode()


@pytest.mark.parametrize(
    ("note", "status", "field"),
    [
        ({}, 422, "text"),
        ({"text": " \r\n"}, 422, "text"),
        ({"text": "x" * 1_001}, 422, "text"),
        ({"text": "\x1b[31mred"}, 422, "text"),
        ({"text": 5}, 422, "text"),
        ({"text": "x", "color": "mauve"}, 422, "color"),
        ({"text": "x", "frame": "Nowhere"}, 422, "frame"),
        ({"text": "x", "channel": "#ci"}, 422, "channel"),
        ([], 422, "text"),
    ],
)
async def test_a_note_that_cannot_be_is_refused_with_a_sentence(
    ana: Person, board: str, http: aiohttp.ClientSession, note: Any, status: int, field: str
) -> None:
    refused = await send(http, (await hook_of(ana, board))["url"], note)
    assert (refused.status, refused.error.get("field")) == (status, field), refused.body
    assert refused.error["message"].endswith(".")
    assert await ana.shapes(board) == []


async def test_bodies_of_other_kinds_and_sizes_are_refused(
    ana: Person, board: str, http: aiohttp.ClientSession
) -> None:
    url = (await hook_of(ana, board))["url"]
    for kind, data, status in (
        ("application/json", b"{", 422),
        ("application/json", b"\xff", 422),
        ("application/xml", b"<text/>", 415),
        ("multipart/form-data; boundary=b", b"no boundary", 422),
        ("multipart/form-data", b"", 422),
        ("text/plain", b"x" * 70_000, 413),
    ):
        refused = await send(http, url, data=data, headers={"Content-Type": kind})
        assert (refused.status, bool(refused.error["message"])) == (status, True), (kind, refused.body)


async def test_a_repeated_note_is_there_once(ana: Person, board: str, http: aiohttp.ClientSession) -> None:
    url = (await hook_of(ana, board))["url"]
    key = {"Idempotency-Key": "build-7"}
    sent = [await send(http, url, {"text": "Done"}, headers=key) for _ in range(2)]
    assert [one.status for one in sent] == [201, 200]
    assert sent[0].json == sent[1].json
    assert (await send(http, url, {"text": "Other"}, headers=key)).error["code"] == "conflict"
    assert (await send(http, url, {"text": "Done"}, headers={"Idempotency-Key": "a b"})).status == 422
    assert len(await ana.shapes(board)) == 1


async def test_a_hundred_notes_at_once_never_lie_on_one_another(
    ana: Person, board: str, http: aiohttp.ClientSession
) -> None:
    """What the hook may not send any more is refused, and says until when."""
    await ana.draw(board, stroke(points=(0, 0, 500, 300)))
    url = (await hook_of(ana, board))["url"]
    sent = await asyncio.gather(*(send(http, url, {"text": f"Note {n}\n" * (1 + n % 5)}) for n in range(100)))
    refused = [one for one in sent if one.status == 429]
    assert sorted(one.status for one in sent) == [201] * NOTES + [429] * (100 - NOTES)
    assert all(0 < int(one.headers["Retry-After"]) <= 60 for one in refused)
    assert {one.error["limit"] for one in refused} == {NOTES}
    boxes = [one.json for one in sent if one.status == 201]
    assert not [one for n, one in enumerate(boxes) for other in boxes[:n] if meet(one, other)]
    assert min(box["x"] for box in boxes) > 500
    shapes = await ana.shapes(board)
    assert {box["shape"] for box in boxes} == {shape["id"] for shape in shapes if shape["kind"] == "note"}
    [hook] = (await ana.get(f"/boards/{board}/hooks")).json["hooks"]
    assert hook["uses"] == NOTES


def meet(a: dict[str, Any], b: dict[str, Any]) -> bool:
    return bool(
        a["x"] < b["x"] + b["w"] and b["x"] < a["x"] + a["w"] and a["y"] < b["y"] + b["h"] and b["y"] < a["y"] + a["h"]
    )


async def test_notes_fill_a_frame_and_leave_what_is_in_it(ana: Person, board: str, http: aiohttp.ClientSession) -> None:
    frame = {"id": "inbox", "kind": "frame", "x": 100, "y": 50, "w": 840, "h": 330, "text": "Inbox"}
    drawn = {"id": "drawn", "kind": "ellipse", "x": 400, "y": 100, "w": 100, "h": 100}
    sheet = {"id": "sheet", "kind": "rectangle", "x": 0, "y": 0, "w": 2000, "h": 2000}
    await ana.draw(board, sheet, frame, drawn)
    url = (await hook_of(ana, board))["url"]
    boxes = [await put(http, url, f"{n}", frame=" ínbox ") for n in range(4)]
    assert not [one for n, one in enumerate(boxes) for other in [*boxes[:n], drawn] if meet(one, other)]
    for box in boxes:
        assert 100 < box["x"] < box["x"] + box["w"] < 940
        assert 50 < box["y"] < box["y"] + box["h"] < 380
    full = await send(http, url, {"text": "5", "frame": "Inbox"})
    assert (full.status, full.error["code"], full.error["field"]) == (409, "conflict", "frame")
    await ana.post(f"/boards/{board}/changes", {"changeId": "room", "remove": [boxes[0]["shape"], "drawn"]})
    again = await put(http, url, "5", frame="Inbox")
    assert (again["x"], again["y"]) == (boxes[0]["x"], boxes[0]["y"])


async def test_a_note_finds_the_place_that_another_one_left(
    ana: Person, board: str, http: aiohttp.ClientSession
) -> None:
    url = (await hook_of(ana, board))["url"]
    first, second = await put(http, url), await put(http, url)
    assert second["x"] == first["x"]
    moved = {first["shape"]: {"x": 9_000, "y": 9_000}}
    assert (await ana.post(f"/boards/{board}/changes", {"changeId": "moved", "patch": moved})).status == 201
    third = await put(http, url)
    assert (third["x"], third["y"]) == (first["x"], first["y"])


async def test_a_revoked_hook_answers_like_an_unknown_one(
    easel: Easel, ana: Person, board: str, http: aiohttp.ClientSession
) -> None:
    hook = await hook_of(ana, board)
    await put(http, hook["url"])
    assert (await ana.request("DELETE", f"/boards/{board}/hooks/{hook['id']}")).status == 204
    answers = [await send(http, url, {"text": "x"}) for url in (hook["url"], f"{ana.url}/hooks/{WRONG}")]
    assert [one.status for one in answers] == [404, 404]
    assert answers[0].body == answers[1].body
    assert (await ana.get(f"/boards/{board}/hooks")).json["hooks"] == []
    crons = Crons(easel, http)
    async with asyncio.timeout(20):  # nothing is known any more of where things lie
        while [row for table in ("plots", "surveys") for row in await crons.rows(table) if row["boardId"] == board]:
            await asyncio.sleep(0.1)
    for method, body in (("PATCH", {"name": "x"}), ("DELETE", None)):
        assert (await ana.request(method, f"/boards/{board}/hooks/{hook['id']}", json=body)).status == 404
    assert len(await ana.shapes(board)) == 1


@pytest.mark.parametrize("secret", ["x", "hook_", "%00", "a%2Fb", "hook_" + "x" * 500, "hook_ä"])
async def test_an_address_that_is_none_is_a_404(ana: Person, http: aiohttp.ClientSession, secret: str) -> None:
    assert (await send(http, f"{ana.url}/hooks/{secret}", {"text": "x"})).status == 404


async def test_a_board_that_takes_no_notes_now_says_why(ana: Person, board: str, http: aiohttp.ClientSession) -> None:
    url = (await hook_of(ana, board))["url"]
    await ana.request("PATCH", f"/boards/{board}", json={"presenting": True})
    assert (await send(http, url, {"text": "x"})).error["code"] == "locked"
    await ana.request("PATCH", f"/boards/{board}", json={"presenting": False})
    await ana.request("DELETE", f"/boards/{board}")
    trashed = await send(http, url, {"text": "x"})
    assert (trashed.status, "trash" in trashed.error["message"]) == (409, True)
    assert (await ana.post(f"/trash/{board}/restore")).status < 300
    await put(http, url)
    for path in (f"/boards/{board}", f"/trash/{board}"):
        assert (await ana.request("DELETE", path)).status == 204
    assert (await send(http, url, {"text": "x"})).status == 404


async def test_a_board_has_at_most_ten_hooks(ana: Person, board: str) -> None:
    made = [await hook_of(ana, board, f"Hook {n}") for n in range(10)]
    refused = await ana.post(f"/boards/{board}/hooks", {"name": "One more"})
    assert (refused.status, refused.error["field"], refused.error["limit"]) == (422, "hooks", 10)
    await ana.request("DELETE", f"/boards/{board}/hooks/{made[0]['id']}")
    await hook_of(ana, board)
    for name in ("", "x" * 41, "\u200b"):
        assert (await ana.post(f"/boards/{board}/hooks", {"name": name})).status == 422


async def test_a_repeated_request_makes_one_hook_and_tells_no_secret(ana: Person, board: str) -> None:
    key = {"Idempotency-Key": "make-ci"}
    made = [await ana.post(f"/boards/{board}/hooks", {"name": "CI"}, headers=key) for _ in range(2)]
    assert [one.status for one in made] == [201, 200]
    assert [one.json["id"] for one in made] == [made[0].json["id"]] * 2
    assert "url" not in made[1].json


async def test_the_secret_of_a_hook_is_neither_stored_nor_logged(tmp_path: Path) -> None:
    with Easel(tmp_path, LOG_LEVEL="debug") as easel:
        async with connections() as http:
            ana = await Person.sign_in(http, easel.url, "Ana")
            board = await ana.create_board()
            url = (await hook_of(ana, board))["url"]
            await put(http, url)
            await send(http, url, {"text": ""})
            await ana.request("DELETE", f"/boards/{board}")
            await send(http, url, {"text": "x"})
            exported = b"".join((await Crons(easel, http).export()).values())
        secret = url.rpartition("/")[2].encode()
        assert secret not in exported
        assert board.encode() in exported
    logged = await asyncio.to_thread(logs, tmp_path)
    assert b"POST /hooks/(token)" in logged
    assert secret not in logged


def logs(folder: Path) -> bytes:
    return b"".join(log.read_bytes() for log in folder.rglob("*.log"))


async def test_a_deleted_board_leaves_nothing_of_its_hooks(tmp_path: Path) -> None:
    with Easel(tmp_path, TRASH_DAYS="0", PURGE_AFTER_DAYS="0") as easel:
        async with connections() as http:
            ana = await Person.sign_in(http, easel.url, "Ana")
            board = await ana.create_board()
            hooks = [await hook_of(ana, board, name) for name in ("Quokka", "Wombat")]
            for hook in hooks:
                await put(http, hook["url"])
            await ana.request("DELETE", f"/boards/{board}/hooks/{hooks[0]['id']}")
            assert (await ana.request("DELETE", f"/boards/{board}")).status == 204
            crons = Crons(easel, http)
            async with asyncio.timeout(20):
                while [row for row in await crons.rows("boards") if row["_id"] == board]:
                    await asyncio.sleep(0.1)
            assert [name for name, file in (await crons.export()).items() if b"okka" in file or b"Wombat" in file] == []
            assert [await crons.rows(table) for table in ("boardHooks", "plots", "surveys")] == [[], [], []]
