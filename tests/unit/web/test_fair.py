"""Much at once by one person: it waits for their own requests, and nobody else does."""

import asyncio
from typing import Any

import pytest

from app.web import fair as web_fair
from app.web.fair import Fair
from app.web.front import Front
from app.web.turns import ADDRESS, CROWD, CROWDS, EACH, LongQueue, PictureTurns, Turns
from tests.unit.asgi import ask


class Inside:
    """An application that keeps each request until it is let go."""

    def __init__(self) -> None:
        self.inside: list[str] = []
        self.go = asyncio.Event()

    async def __call__(self, scope: Any) -> None:
        self.inside.append(scope["path"])
        await self.go.wait()
        self.inside.remove(scope["path"])


def request(path: str = "/boards/b/ids", host: str = "1.2.3.4", **headers: str) -> dict[str, Any]:
    lines = [(name.encode(), value.encode()) for name, value in headers.items()]
    return {"type": "http", "method": "GET", "path": path, "client": (host, 1), "headers": lines}


async def answer(fair: Fair, app: Any, scope: Any) -> None:
    async with fair.turn(scope):
        await app(scope)


async def until_quiet() -> None:
    """Until whoever may go on has done so."""
    for _ in range(20):
        await asyncio.sleep(0)


async def entered(*requests: dict[str, Any]) -> int:
    """How many of these are taken in at once; all of them are in the end."""
    app, fair = Inside(), Fair()
    tasks = [asyncio.create_task(answer(fair, app, scope)) for scope in requests]
    for _ in range(3):
        await asyncio.sleep(0)
    count = len(app.inside)
    app.go.set()
    await asyncio.gather(*tasks)
    return count


@pytest.mark.parametrize(
    "headers",
    [
        {"authorization": "Bearer a.b.c"},
        {"cookie": "theme=dark; session=a.b.c"},
        {"cookie": "__Host-session=a.b.c"},
        {"cookie": "__session_x=a.b.c; other=1"},
    ],
)
async def test_one_session_has_so_many_at_a_time_and_another_does_not_wait(headers: dict[str, str]) -> None:
    many = [request(**headers) for _ in range(200)]
    assert await entered(*many) == EACH
    assert await entered(*many, request(authorization="Bearer d.e.f"), request()) == EACH + 2


async def test_strangers_of_one_address_share_its_turns() -> None:
    many = [request() for _ in range(200)]
    assert await entered(*many) == ADDRESS
    assert await entered(*many, request(host="5.6.7.8")) == ADDRESS + 1


@pytest.mark.parametrize("end", ["", ".json", ".svg", "/changes"])
async def test_whole_boards_are_read_two_at_a_time(end: str) -> None:
    many = [request(f"/boards/b{end}", authorization="Bearer a.b.c") for _ in range(20)]
    assert await entered(*many) == 2
    assert await entered(*many, request(authorization="Bearer a.b.c")) == 3


async def test_what_stays_open_or_costs_nothing_takes_no_turn() -> None:
    paths = ["/boards/b/stream", "/boards/b/images", "/boards/b/images/f", "/static/a.js", "/healthz", "/readyz"]
    many = [request(path, authorization="Bearer a.b.c") for path in paths for _ in range(20)]
    assert await entered(*many) == len(many)


async def test_a_request_that_fails_gives_its_turn_back() -> None:
    async def failing(*_: Any) -> None:
        raise RuntimeError

    fair = Fair()
    for _ in range(2 * EACH):
        with pytest.raises(RuntimeError):
            await answer(fair, failing, request(authorization="Bearer a.b.c"))


async def test_a_crowd_goes_one_at_a_time_and_holds_nobody_else_up() -> None:
    turns, inside, most, go = Turns(), list[str](), dict[str, int](), asyncio.Event()

    async def come(who: str) -> None:
        async with turns.of(who, crowds="1.2.3.4"):
            inside.append(who)
            most[who] = max(most.get(who, 0), inside.count(who))
            await go.wait()
            await asyncio.sleep(0)
            inside.remove(who)

    first = [asyncio.create_task(come("a")) for _ in range(CROWD * EACH)]
    later = [asyncio.create_task(come("a")) for _ in range(40)]
    others = [asyncio.create_task(come("b")) for _ in range(CROWD * EACH)]
    for _ in range(3):
        await asyncio.sleep(0)
    assert sorted(inside) == ["a"] * EACH + ["b"] * EACH
    go.set()
    await asyncio.gather(*first, later[0], later[1])
    most.clear()
    await asyncio.gather(*others)
    assert not later[-1].done()
    await asyncio.gather(*later)
    assert most["a"] == 1


async def test_of_the_crowds_of_an_address_some_go_at_a_time() -> None:
    turns, crowding, first, end = Turns(), list[str](), asyncio.Event(), asyncio.Event()

    async def come(who: str, number: int) -> None:
        async with turns.of(who, crowds="1.2.3.4"):
            if number < CROWD * EACH:
                await first.wait()
                return
            crowding.append(who)
            await end.wait()

    people = [f"{number}" for number in range(2 * CROWDS)]
    tasks = [asyncio.create_task(come(who, number)) for who in people for number in range(CROWD * EACH + 4)]
    await until_quiet()
    first.set()
    await until_quiet()
    assert len(crowding) == len({*crowding}) == CROWDS
    end.set()
    await asyncio.gather(*tasks)
    assert len(crowding) == 4 * len(people)


async def test_who_waits_too_long_is_told_when_to_come_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web_fair, "PATIENCE", 0.01)
    inside = asyncio.Event()

    async def app(*_: Any) -> None:
        await inside.wait()

    front = Front(app)
    same = {"authorization": "Bearer a.b.c"}
    first = [asyncio.create_task(ask(front, headers=same)) for _ in range(EACH)]
    await until_quiet()
    late = await ask(front, headers=same)
    assert (late.status, late.headers["retry-after"]) == (503, "1")
    assert late.json["error"]["code"] == "unavailable"
    for task in first:
        task.cancel()


async def test_nobody_waits_for_ever_for_a_turn_at_pictures() -> None:
    turns = PictureTurns(patience=0.01)
    async with turns.of("ana"):
        with pytest.raises(LongQueue):
            async with turns.of("ana"):
                pass
        async with turns.of("ben"):
            pass
    async with turns.of("ana"):
        pass
