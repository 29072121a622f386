"""Bad input, one case a line: each a clear 4xx in the error shape that names the field, and nothing is written."""

import io
import uuid
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import orjson
import pytest

from app.shapes import MAX_POINTS
from harness.people import Answer, Person, stroke
from harness.processes import Easel

JSON = {"Content-Type": "application/json"}
MIB = 1024 * 1024


@pytest.fixture
async def board(ana: Person) -> str:
    return await ana.create_board()


async def send(person: Person, board: str, body: bytes, headers: dict[str, str] = JSON) -> Answer:
    return await person.request("POST", f"/boards/{board}/changes", data=body, headers=headers)


async def assert_untouched(person: Person, board: str) -> None:
    whole = (await person.get(f"/boards/{board}.json")).json
    assert (whole["ts"], whole["shapes"]) == ("0", [])


def with_stroke(**fields: Any) -> dict[str, Any]:
    return {"changeId": "c", "put": [stroke("fine"), {**stroke("bad"), **fields}]}


def line(count: int) -> list[float]:
    return [value for n in range(count) for value in (n % 1000, n % 7)]


BAD_STROKES: list[tuple[dict[str, Any], str]] = [
    ({"points": []}, "put.points"),
    ({"points": [1]}, "put.points"),
    ({"points": [1, 2, 3]}, "put.points"),
    ({"points": line(MAX_POINTS + 1)}, "put.points"),
    ({"points": [0, 0, 1_000_001, 0]}, "put.points"),
    ({"points": [0, 0, 0, -1_000_001]}, "put.points"),
    ({"points": [600_000, 0], "x": 600_000}, "put.points"),
    ({"points": ["0", "0"]}, "put.points"),
    ({"points": [[0, 0]]}, "put.points"),
    ({"points": None}, "put.points"),
    ({"points": "0 0 1 1"}, "put.points"),
    ({"x": 1_000_001}, "put.x"),
    ({"y": "0"}, "put.y"),
    ({"width": 0.4}, "put.width"),
    ({"width": 64.1}, "put.width"),
    ({"width": True}, "put.width"),
    ({"opacity": 1.1}, "put.opacity"),
    ({"opacity": -0.1}, "put.opacity"),
    ({"color": "mauve"}, "put.color"),
    ({"color": "#12345"}, "put.color"),
    ({"color": "#12345g"}, "put.color"),
    ({"color": "url(#x)"}, "put.color"),
    ({"color": 7}, "put.color"),
    ({"id": ""}, "put.id"),
    ({"id": "a b"}, "put.id"),
    ({"id": "x" * 65}, "put.id"),
    ({"id": "<script>"}, "put.id"),
    ({"id": 7}, "put.id"),
    ({"kind": "circle"}, "put.kind"),
    ({"kind": None}, "put.kind"),
    ({"z": "top"}, "put.z"),
    ({"author": "me"}, "put.author"),
    ({"pressures": [0.5]}, "put.pressures"),
]


@pytest.mark.parametrize(("fields", "field"), BAD_STROKES, ids=lambda value: str(value)[:40])
async def test_a_bad_stroke_is_named(ana: Person, board: str, fields: dict[str, Any], field: str) -> None:
    refused = await ana.post(f"/boards/{board}/changes", with_stroke(**fields))
    assert (refused.status, refused.error["code"]) == (422, "invalid"), refused.body
    assert (refused.error["field"], refused.error["index"]) == (field, 1)
    assert len(refused.body) < 1000
    await assert_untouched(ana, board)


BAD_CHANGES: list[Any] = [
    {},
    {"changeId": "c"},
    {"changeId": "c", "put": []},
    {"put": [stroke("s")]},
    {"changeId": "", "put": [stroke("s")]},
    {"changeId": "c d", "put": [stroke("s")]},
    {"changeId": "c" * 65, "put": [stroke("s")]},
    {"changeId": 7, "put": [stroke("s")]},
    {"changeId": "c", "put": stroke("s")},
    {"changeId": "c", "put": [7]},
    {"changeId": "c", "put": [None]},
    {"changeId": "c", "put": [stroke("s")], "more": 1},
    {"changeId": "c", "put": [stroke(f"s{n}", [0, 0]) for n in range(201)]},
    {"changeId": "c", "put": [stroke("twice"), stroke("twice")]},
    {"changeId": "c", "put": [stroke("a")], "remove": ["a"]},
    {"changeId": "c", "patch": [{"id": "a"}]},
    {"changeId": "c", "patch": {"a": {}}},
    {"changeId": "c", "patch": {"a": {"ts": 1}}},
    {"changeId": "c", "patch": {"a": {"kind": "note"}}},
    {"changeId": "c", "patch": {"a b": {"color": "red"}}},
    {"changeId": "c", "patch": {"a": {"width": 100}}},
    {"changeId": "c", "remove": "a"},
    {"changeId": "c", "remove": ["a b"]},
    {"changeId": "c", "remove": [f"s{n}" for n in range(201)]},
    {"changeId": "c", "patch": {"a": {"points": [0]}}},
    [],
    "text",
    7,
    None,
]


@pytest.mark.parametrize("change", BAD_CHANGES, ids=lambda value: str(value)[:60])
async def test_a_bad_change_is_refused(ana: Person, board: str, change: Any) -> None:
    refused = await send(ana, board, orjson.dumps(change))
    assert refused.status in (404, 422), refused.body
    assert refused.error["code"] in ("not_found", "invalid")
    await assert_untouched(ana, board)


def raw_point(text: str) -> bytes:
    return b'{"changeId":"c","put":[{"id":"a","kind":"stroke","points":[0,%b]}]}' % text.encode()


NOT_NUMBERS = ["NaN", "Infinity", "-Infinity", "1e999", "-1e999", "true", "null", '"1"', "{}", "9" * 5000]


@pytest.mark.parametrize("text", NOT_NUMBERS, ids=lambda text: text[:12])
async def test_what_is_no_finite_number_is_no_coordinate(ana: Person, board: str, text: str) -> None:
    refused = await send(ana, board, raw_point(text))
    assert refused.status in (400, 422)
    assert refused.error["code"] in ("invalid_json", "invalid")
    await assert_untouched(ana, board)


NOT_JSON = {
    "empty": b"",
    "cut off": raw_point("1")[:-5],
    "trailing": raw_point("1") + b"x",
    "not utf-8": raw_point("1").replace(b'"a"', b'"\xff"'),
    "lone surrogate": raw_point("1").replace(b'"a"', b'"\\ud800"'),
    "utf-8 of a surrogate": raw_point("1").replace(b'"a"', b'"\xed\xa0\x80"'),
    "2,000 deep": b"[" * 2_000 + b"]" * 2_000,
    "2,000 deep inside": raw_point("[" * 2_000 + "]" * 2_000),
    "nul byte": b"\0",
    "leading zeros": raw_point("01"),
}


@pytest.mark.parametrize("body", [b"[" * 100_000 + b"]" * 100_000, raw_point("[" * 50_000 + "]" * 50_000)])
async def test_a_body_100_000_lists_deep_is_refused_unread(ana: Person, board: str, body: bytes) -> None:
    refused = await send(ana, board, body)
    assert (refused.status, refused.error["limit"]) == (422, 2_500), refused.body
    await assert_untouched(ana, board)


@pytest.mark.parametrize("body", NOT_JSON.values(), ids=NOT_JSON)
async def test_what_is_not_json_is_a_bad_request(ana: Person, board: str, body: bytes) -> None:
    refused = await send(ana, board, body)
    assert (refused.status, refused.error["code"]) == (400, "invalid_json"), refused.body
    await assert_untouched(ana, board)


async def test_the_largest_change_fits_and_a_larger_one_does_not(ana: Person, board: str) -> None:
    change = {"changeId": "c", "put": [stroke("a", line(MAX_POINTS))]}
    body = orjson.dumps(change)
    assert (await send(ana, board, body + b" " * (256 * 1024 - len(body) + 1))).error["limit"] == 256 * 1024
    await assert_untouched(ana, board)
    assert (await send(ana, board, body + b" " * (256 * 1024 - len(body)))).status == 201
    other = await ana.create_board()
    assert (await ana.draw(other, *(stroke(points=[0, 0]) for _ in range(200)))).status == 201


async def test_twenty_megabytes_are_read_and_refused(ana: Person, board: str) -> None:
    async def chunked() -> AsyncIterator[bytes]:
        for _ in range(20):
            yield b" " * MIB

    for body in (io.BytesIO(b" " * (20 * MIB)), chunked()):
        refused = await ana.request("POST", f"/boards/{board}/changes", data=body, headers=JSON)
        assert (refused.status, refused.error["code"]) == (413, "too_large")
    for path in ("/session", "/boards", f"/boards/{board}/undo"):
        refused = await ana.request("POST", path, data=b" " * (64 * 1024 + 1), headers=JSON)
        assert (refused.status, refused.error["limit"]) == (413, 64 * 1024)
    await assert_untouched(ana, board)


@pytest.mark.parametrize(
    "headers",
    [{"Content-Type": "text/plain"}, {"Content-Type": "application/octet-stream"}, JSON | {"Content-Encoding": "gzip"}],
)
async def test_another_kind_of_body_is_415(ana: Person, board: str, headers: dict[str, str]) -> None:
    refused = await send(ana, board, raw_point("1"), headers)
    assert (refused.status, refused.error["code"]) == (415, "unsupported_media")
    await assert_untouched(ana, board)


# Rates


@pytest.fixture(scope="module")
def strict_easel(easel: Easel) -> str:
    """Another web process on the same deployment, with limits that a test can reach."""
    return easel.start_another_web(RATE_CHANGES="3", RATE_ANONYMOUS="5", RATE_BOARDS="2")


def assert_limited(answer: Answer, limit: int) -> None:
    assert (answer.status, answer.error["code"], answer.error["limit"]) == (429, "too_many_requests", limit)
    assert int(answer.headers["Retry-After"]) >= 1


async def test_somebody_who_does_too_much_is_told_when_to_come_back(
    strict_easel: str, ana: Person, ben: Person
) -> None:
    ana.url = ben.url = strict_easel
    board = await ana.create_board()
    await ana.create_board()
    assert_limited(await ana.post("/boards", {}), 2)
    assert (await ben.post("/boards", {})).status == 201
    answers = [await ana.draw(board, stroke()) for _ in range(12)]
    limited = [answer for answer in answers if answer.status != 201]
    assert limited
    for answer in limited:
        assert_limited(answer, 3)
    assert len(await ana.shapes(board)) == len(answers) - len(limited)


async def test_strangers_are_limited_by_address_but_not_in_asking_for_health(
    strict_easel: str, http: aiohttp.ClientSession, ana: Person
) -> None:
    async def get(path: str, **headers: str) -> Answer:
        async with http.get(strict_easel + path, headers=headers) as answer:
            return Answer(answer.status, answer.headers, await answer.read())

    answers = [await get("/boards/nothing.json") for _ in range(8)]
    assert {answer.status for answer in answers} == {404, 429}
    assert_limited(answers[-1], 5)
    assert (await get("/boards", Authorization="Bearer nonsense")).status == 401
    assert (await get("/boards", Authorization=f"Bearer {ana.token}")).status == 200
    for path in ("/healthz", "/readyz", "/static/favicon.svg"):
        assert (await get(path)).status == 200


async def test_the_same_change_id_may_be_used_on_another_board(ana: Person, board: str) -> None:
    other, change_id = await ana.create_board(), str(uuid.uuid4())
    for where in (board, other):
        assert (await ana.draw(where, stroke("a"), change_id=change_id)).status == 201
