"""What every answer goes through: headers, compression, files, the log, and the counting of requests."""

import asyncio
import gzip
import logging
import re
import time
import zlib
from collections.abc import AsyncIterator
from random import Random

import pytest
from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from app.auth import Viewer
from app.errors import TooManyRequests
from app.settings import load
from app.web import answers
from app.web.deflate import END, Pieces
from app.web.front import Front
from app.web.limits import Rates, address
from app.web.log import Lines
from app.web.windows import Windows
from tests.unit.asgi import Answer, ask, fine

# Headers


async def test_every_answer_says_what_the_browser_may_do_with_it() -> None:
    answer = await ask(Front(fine))
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "same-origin"
    assert answer.headers["cache-control"] == "no-store"
    assert "strict-transport-security" not in answer.headers
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "max-age" in (await ask(Front(fine, https=True))).headers["strict-transport-security"]


async def test_the_nonce_is_the_template_s_and_new_each_time() -> None:
    seen = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope["state"]["csp_nonce"])
        await fine(scope, receive, send)

    for _ in range(2):
        answer = await ask(Front(app))
        assert re.findall(r"'nonce-([^']+)'", answer.headers["content-security-policy"]) == [seen[-1]] * 2
    assert seen[0] != seen[1]


# Compression


async def zipped(response: Response, accept: str = "gzip, br") -> Answer:
    return await ask(Front(response), headers={"accept-encoding": accept})


async def test_a_large_page_is_compressed_and_a_small_one_is_not() -> None:
    large = await zipped(HTMLResponse("word " * 50_000))
    assert large.headers["content-encoding"] == "gzip"
    assert int(large.headers["content-length"]) == len(large.body) < 5_000
    assert large.headers["vary"] == "Accept-Encoding"
    assert gzip.decompress(large.body) == b"word " * 50_000
    small = await zipped(HTMLResponse("word"))
    assert (small.body, small.headers.get("content-encoding")) == (b"word", None)


async def test_who_does_not_ask_for_it_gets_it_as_it_is() -> None:
    assert (await zipped(HTMLResponse("word " * 5_000), accept="identity")).body == b"word " * 5_000


async def test_a_page_in_pieces_is_one_compressed_whole() -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(30):
            yield b"stroke " * 4_000

    answer = await zipped(StreamingResponse(pieces(), media_type="text/html"))
    assert zlib.decompress(answer.body, wbits=31) == b"stroke " * 120_000


async def test_a_piece_that_was_compressed_before_is_smaller_and_the_same() -> None:
    pieces, random = Pieces(), Random(1)
    piece = " ".join(str(random.randrange(-40, 40)) for _ in range(20_000)).encode()
    fast = await pieces.deflated(piece)
    pieces.worker.shutdown()
    await asyncio.sleep(0)
    while (small := await pieces.deflated(piece)) == fast:
        await asyncio.sleep(0)
    assert len(small) < len(fast)
    assert zlib.decompress(small + END, wbits=-zlib.MAX_WBITS) == piece
    assert pieces.size == len(small)


async def test_remembered_pieces_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.web.deflate.KEPT", 200)
    pieces = Pieces()
    for name in (b"one", b"two", b"three"):
        pieces.keep(name, b"x" * 90)
    assert (list(pieces.kept), pieces.size) == ([b"two", b"three"], 180)


async def test_a_stream_of_events_goes_out_piece_by_piece_as_it_is() -> None:
    async def events() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield b"data: x\n\n" * 1000

    answer = await zipped(StreamingResponse(events(), media_type="text/event-stream"))
    assert (answer.body, answer.pieces) == (b"data: x\n\n" * 3000, 4)
    assert "content-encoding" not in answer.headers


# Methods


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("POST", "/b?_method=DELETE", "DELETE"),
        ("POST", "/b?_method=PATCH", "PATCH"),
        ("POST", "/b?_method=GET", "POST"),
        ("POST", "/b", "POST"),
        ("GET", "/b?_method=DELETE", "GET"),
        ("HEAD", "/b", "GET"),
        ("HEAD", "/b/stream", "HEAD"),
    ],
)
async def test_a_form_says_what_it_means_in_its_address(method: str, path: str, expected: str) -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await JSONResponse(scope["method"])(scope, receive, send)

    assert (await ask(Front(app), method, path)).json == expected


# The log


async def test_an_unexpected_exception_is_logged_by_name_and_hides_its_trace(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def broken(_: Scope, __: Receive, ___: Send) -> None:
        raise RuntimeError("secret detail")

    answer = await ask(Front(broken), path="/boards?token=hush")
    assert answer.status == 500
    assert answer.json["error"]["code"] == "unexpected"
    assert b"secret detail" not in answer.body
    name = answer.json["error"]["message"].split()[-1].rstrip(".")
    assert name in caplog.text
    assert "RuntimeError: secret detail" in caplog.text
    assert "hush" not in caplog.text
    assert answer.headers["x-content-type-options"] == "nosniff"


async def test_the_log_has_no_query_strings_and_no_tokens(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    await ask(Front(fine), path="/boards?token=hush")
    assert "GET /boards 200" in caplog.text
    assert "hush" not in caplog.text
    record = logging.LogRecord("x", logging.INFO, "", 0, "got %s", ("eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln",), None)
    assert Lines("%(message)s").format(record) == "got (token)"


# Errors


async def test_what_the_framework_refuses_is_in_our_error_shape() -> None:
    app = FastAPI(openapi_url=None)
    answers.install(app)
    app.get("/thing")(lambda: None)
    assert (await ask(app, path="/nothing")).json["error"]["code"] == "not_found"
    answer = await ask(app, "DELETE", "/thing")
    assert (answer.status, answer.json["error"]["code"]) == (405, "method_not_allowed")
    assert answer.headers["allow"] == "GET"


# Rates


def viewer(subject: str) -> Viewer:
    return Viewer("https://guest.easel.invalid", subject, "Ana", "token", 0)


def test_rates_are_each_person_s_own_and_say_when_to_come_back() -> None:
    rates = Rates(load(rate_changes=3, auth_provider="guest"))
    for _ in range(3):
        rates.changes(viewer("ana"), "192.0.2.1")
    with pytest.raises(TooManyRequests) as refused:
        rates.changes(viewer("ana"), "192.0.2.1")
    assert refused.value.limit == 3
    assert refused.value.retry_after is not None
    assert 0 <= refused.value.retry_after <= 1
    rates.changes(viewer("ben"), "192.0.2.1")


def test_a_window_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    rates = Rates(load(rate_anonymous=1, auth_provider="guest"))
    now = time.time()
    rates.anonymous("192.0.2.1")
    with pytest.raises(TooManyRequests):
        rates.anonymous("192.0.2.1")
    monkeypatch.setattr(time, "time", lambda: now + 61)
    rates.anonymous("192.0.2.1")


def test_zero_means_none() -> None:
    rates = Rates(load(rate_boards=0, auth_provider="guest"))
    for _ in range(10_000):
        rates.boards(viewer("ana"), "192.0.2.1")


def test_windows_that_are_over_are_thrown_away(monkeypatch: pytest.MonkeyPatch) -> None:
    windows = Windows()
    now = time.time()
    for n in range(1000):
        windows.incr(str(n), 60)
    monkeypatch.setattr(time, "time", lambda: now + 120)
    windows.incr("one", 60)
    assert len(windows.counts) == 1


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("testclient", "testclient"),
    ],
)
async def test_an_address_is_one_customer(host: str, expected: str) -> None:
    scope = {"type": "http", "client": (host, 1), "headers": []}
    assert address(Request(scope)) == expected
