"""Whoever ignores refusals: these come later and later, and nothing else does."""

import asyncio
from collections.abc import Callable
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send

from app.web.delays import ADDRESS, AT_ONCE, KNOWN, LONGEST, PAUSE, STEP, Delays
from app.web.front import Front
from tests.unit.asgi import ask, fine


def refusing(where: str = "/busy") -> ASGIApp:
    """An application that has one busy path."""

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["path"] != where:
            await fine(scope, receive, send)
            return
        await send({"type": "http.response.start", "status": 429, "headers": []})
        await send({"type": "http.response.body", "body": b"busy"})

    return app


def by(who: str = "", host: str = "1.2.3.4") -> Scope:
    headers = [(b"authorization", f"Bearer {who}".encode())] if who else []
    return {"type": "http", "client": (host, 1), "headers": headers}


def delays(clock: Callable[[], float] = lambda: 0.0) -> Delays:
    return Delays(clock)


def test_the_first_refusals_come_at_once_and_the_next_later_and_later() -> None:
    of = delays()
    late = [of.seconds(by("a.b.c")) for _ in range(AT_ONCE + 3)]
    assert late == [0.0] * AT_ONCE + [STEP, 2 * STEP, 3 * STEP]
    assert max(of.seconds(by("a.b.c")) for _ in range(100)) == LONGEST
    assert of.seconds(by("d.e.f")) == 0


def test_a_pause_begins_the_count_anew() -> None:
    now = 0.0
    of = delays(lambda: now)
    for _ in range(2 * AT_ONCE):
        of.seconds(by("a.b.c"))
    now = PAUSE
    assert of.seconds(by("a.b.c")) == 0


def test_made_up_sessions_share_the_refusals_of_their_address() -> None:
    of = delays()
    assert {of.seconds(by(f"made.up.{n}")) for n in range(ADDRESS * AT_ONCE)} == {0.0}
    assert of.seconds(by("another")) == STEP
    assert of.seconds(by()) == 2 * STEP
    assert of.seconds(by(host="5.6.7.8")) == 0


def test_who_was_refused_takes_bounded_memory() -> None:
    of = delays()
    for n in range(2 * KNOWN):
        of.seconds(by(str(n), f"host{n}"))
    assert len(of.counts) == KNOWN


async def test_what_is_allowed_does_not_wait_behind_what_is_refused() -> None:
    app = Front(refusing())
    for _ in range(AT_ONCE):
        assert (await ask(app, path="/busy", headers={"authorization": "Bearer a.b.c"})).status == 429
    held: Any = asyncio.create_task(ask(app, path="/busy", headers={"authorization": "Bearer a.b.c"}))
    assert (await ask(app, headers={"authorization": "Bearer a.b.c"})).body == b"fine"
    assert not held.done()
    assert (await held).body == b"busy"
    assert app.delays.held == 0
