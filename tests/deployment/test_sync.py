"""The sync client and the HTTP calls against a real deployment."""

import asyncio
import random
from typing import Any

import pytest

from app.convex.deployment import (
    ConvexError,
    ConvexInt64,
    Deployment,
    DeploymentUnavailable,
    FunctionFailed,
    Limits,
    Sync,
    Unauthenticated,
)
from tests.deployment.reading import Log, until, until_state
from tests.deployment.served import Identities, Served


def tail(room: str, after: int = 0) -> dict[str, Any]:
    return {"room": room, "after": ConvexInt64(after)}


def line(room: str, text: str) -> dict[str, Any]:
    return {"room": room, "text": text}


async def test_a_watch_sees_what_somebody_else_wrote(sync: Sync, http: Deployment, room: str) -> None:
    watch = sync.watch("rooms:tail", tail(room))
    assert await anext(watch) == {"lines": [], "more": False}
    written = await http.mutation("rooms:append", line(room, "hello"))
    assert type(written["ts"]) is int
    value = await anext(watch)
    assert value == {"lines": [{"text": "hello", "ts": written["ts"]}], "more": False}
    assert watch.ts >= written["ts"]
    assert value == await http.query("rooms:tail", tail(room))
    watch.close()


async def test_after_a_mutation_of_its_own_every_watch_has_its_effect(sync: Sync, room: str) -> None:
    watch = sync.watch("rooms:tail", tail(room))
    for count in range(1, 20):
        written = await sync.mutation("rooms:append", line(room, str(count)))
        assert len(watch.latest["lines"]) == count
        assert sync.ts >= watch.ts >= written["ts"]


async def test_a_query_is_answered_at_a_time_that_every_watch_has_reached(
    sync: Sync, http: Deployment, room: str
) -> None:
    watch = sync.watch("rooms:tail", tail(room))
    await anext(watch)
    for count in range(1, 20):
        await http.mutation("rooms:append", line(room, str(count)))
        asked = await sync.query("rooms:tail", tail(room))
        assert len(asked["lines"]) == count
        assert watch.latest == asked


async def test_many_mutations_at_once_are_run_in_order(sync: Sync, room: str) -> None:
    written = await asyncio.gather(*(sync.mutation("rooms:append", line(room, str(n))) for n in range(30)))
    stamps = [each["ts"] for each in written]
    assert stamps == sorted(stamps)
    value = await sync.query("rooms:tail", tail(room))
    assert [each["text"] for each in value["lines"]] == [str(n) for n in range(30)]


async def test_nothing_is_lost_while_a_watch_moves_on(sync: Sync, http: Deployment, room: str) -> None:
    log = Log(sync, room)

    async def write(name: str) -> None:
        for n in range(40):
            await http.mutation("rooms:append", line(room, f"{name}{n}"))

    await asyncio.gather(log.read(160), *(write(name) for name in "abcd"))
    assert sorted(log.lines) == sorted(f"{name}{n}" for name in "abcd" for n in range(40))
    for name in "abcd":
        assert [text for text in log.lines if text[0] == name] == [f"{name}{n}" for n in range(40)]


async def test_errors_of_functions_arrive_as_what_they_are(sync: Sync, http: Deployment, room: str) -> None:
    data = {"code": "conflict", "limit": 3.0, "ts": ConvexInt64(7)}
    for client in (sync, http):
        with pytest.raises(ConvexError) as refused:
            await client.mutation("rooms:refuse", {"data": data})
        assert refused.value.data == {"code": "conflict", "limit": 3.0, "ts": 7}
        with pytest.raises(FunctionFailed, match="broken on purpose"):
            await client.mutation("rooms:break_", {})
        with pytest.raises(FunctionFailed, match="nowhere"):
            await client.query("rooms:nowhere", {})
        with pytest.raises(FunctionFailed, match="ArgumentValidationError"):
            await client.query("rooms:tail", {"room": room, "after": 1.5})


async def test_a_watch_goes_on_after_its_query_failed(sync: Sync, http: Deployment, room: str) -> None:
    watch = sync.watch("rooms:oddly", {"room": room})
    assert await anext(watch) == 0.0
    await http.mutation("rooms:append", line(room, "one"))
    with pytest.raises(ConvexError) as odd:
        await anext(watch)
    assert odd.value.data == {"code": "odd", "count": 1.0}
    await http.mutation("rooms:append", line(room, "two"))
    assert await anext(watch) == 2.0


async def test_pages_join_without_a_gap_through_the_socket(sync: Sync, http: Deployment, room: str) -> None:
    for n in range(25):
        await http.mutation("rooms:append", line(room, str(n)))
    found: list[str] = []
    cursor: str | None = None
    while True:
        options = {"numItems": 10, "cursor": cursor}
        page = await sync.query("rooms:page", {"room": room, "paginationOpts": options})
        found += [each["text"] for each in page["page"]]
        cursor = page["continueCursor"]
        if page["isDone"]:
            break
    assert found == [str(n) for n in range(25)]


async def test_a_token_makes_the_caller_somebody(http: Deployment, identities: Identities) -> None:
    assert await http.query("rooms:whoami", {}) is None
    who = await http.query("rooms:whoami", {}, token=identities.token("ben"))
    assert who["subject"] == "ben"
    for bad in ("nonsense", Identities().token("mallory"), identities.token(lifetime=-60)):
        with pytest.raises(Unauthenticated):
            await http.query("rooms:whoami", {}, token=bad)


async def test_a_token_is_renewed_before_it_ends_without_a_new_connection(
    served: Served, identities: Identities
) -> None:
    given = 0

    async def token() -> str:
        nonlocal given
        given += 1
        return identities.token("relay", lifetime=1.5, turn=given)

    async with Sync(served.url, token) as sync:
        watch = sync.watch("rooms:whoami", {})
        first = await anext(watch)
        assert (first["subject"], first["turn"]) == ("relay", 1.0)
        states: list[bool] = []
        sync.on_state.append(states.append)
        await until(watch, lambda who: bool(who["turn"] == 2.0))
        assert states == []


async def test_a_token_that_ended_is_replaced(served: Served, identities: Identities) -> None:
    lifetimes = [-4.9, 600.0]  # a deployment forgives a clock that is 5 s off

    async def token() -> str:
        return identities.token("relay", lifetime=lifetimes.pop(0))

    async with Sync(served.url, token) as sync:
        watch = sync.watch("rooms:whoami", {})
        while lifetimes:
            # Each message makes the deployment look at the time.
            assert (await sync.query("rooms:whoami", {}))["subject"] == "relay"
        assert watch.latest["subject"] == "relay"


async def test_tokens_that_are_never_believed_fail_who_waits(served: Served) -> None:
    strangers = Identities()

    async def token() -> str:
        return strangers.token("mallory")

    async with Sync(served.url, token) as sync:
        with pytest.raises(Unauthenticated):
            await sync.query("rooms:whoami", {})
        assert not sync.connected


async def test_a_kill_and_a_new_start_lose_nothing(own_served: Served) -> None:
    async with Sync(own_served.url) as sync, Deployment(own_served.url) as http:
        log = Log(sync, "room")
        written: list[str] = []
        for n in range(20):
            await http.mutation("rooms:append", line("room", str(n)))
            written.append(str(n))
        await log.read(10)
        own_served.kill()
        await until_state(sync, False)
        with pytest.raises(DeploymentUnavailable) as down:
            await http.mutation("rooms:append", line("room", "never"))
        assert not down.value.maybe_applied
        with pytest.raises(DeploymentUnavailable):
            await sync.query("rooms:tail", tail("room"), timeout=0.05)
        waiting = asyncio.create_task(sync.mutation("rooms:append", line("room", "waited"), timeout=30))
        await own_served.start()
        await waiting
        written.append("waited")
        await until_state(sync, True)
        for n in range(20):
            await http.mutation("rooms:append", line("room", f"again {n}"))
            written.append(f"again {n}")
        await log.read(len(written))
        assert log.lines == written


async def test_each_acknowledged_line_survives_repeated_kills_once(own_served: Served) -> None:
    async with Sync(own_served.url) as sync:
        log = Log(sync, "room")
        acknowledged: set[str] = set()
        uncertain: set[str] = set()

        async def write(name: str) -> None:
            for n in range(60):
                text = f"{name}{n}"
                try:
                    await sync.mutation("rooms:append", line("room", text), timeout=30)
                    acknowledged.add(text)
                except DeploymentUnavailable:
                    uncertain.add(text)

        writers = [asyncio.create_task(write(name)) for name in "ab"]
        for count in (20, 60):
            await log.read(count)
            own_served.kill()
            await until_state(sync, False)
            await own_served.start()
        await asyncio.gather(*writers)
        everything = await sync.mutation("rooms:append", line("room", "end"))
        while log.ts < everything["ts"]:
            await log.read(len(log.lines) + 1)
        assert len(set(log.lines)) == len(log.lines)
        assert acknowledged <= set(log.lines) <= acknowledged | uncertain | {"end"}
        assert len(uncertain) <= 4


async def test_a_suspended_deployment_is_noticed_and_found_again(own_served: Served) -> None:
    limits = Limits(open=0.3, heartbeat=0.4, close=0.1)
    async with (
        Sync(own_served.url, limits=limits) as sync,
        Deployment(own_served.url, call_limit=0.3) as http,
    ):
        log = Log(sync, "room")
        await sync.mutation("rooms:append", line("room", "before"))
        await until_state(sync, True)
        own_served.suspend()
        try:  # a call that blocked this event loop would never let it come to resume()
            with pytest.raises(DeploymentUnavailable) as late:
                await http.mutation("rooms:append", line("room", "into the void"))
            assert late.value.maybe_applied
            watches = [sync.watch("rooms:tail", tail("room", n)) for n in range(500)]
            await until_state(sync, False)
            with pytest.raises(DeploymentUnavailable):
                await sync.mutation("rooms:append", line("room", "not even sent"), timeout=0.5)
        finally:
            own_served.resume()
        await until_state(sync, True)
        await sync.mutation("rooms:append", line("room", "after"))
        assert [each["text"] for each in watches[-1].latest["lines"]][-1] == "after"
        while "after" not in log.lines:
            await log.read(len(log.lines) + 1)
        assert set(log.lines) - {"into the void"} == {"before", "after"}


async def test_a_deployment_that_is_not_there_yet_is_waited_for(own_served: Served) -> None:
    own_served.kill()
    async with Sync(own_served.url) as sync:
        watch = sync.watch("rooms:tail", tail("room"))
        with pytest.raises(DeploymentUnavailable):
            await sync.query("rooms:whoami", {}, timeout=0.1)
        await own_served.start()
        assert await anext(watch) == {"lines": [], "more": False}


async def test_closing_in_the_middle_of_everything_leaves_nothing_behind(served: Served, room: str) -> None:
    before = len(asyncio.all_tasks())
    for delay in (0.0, 0.001, 0.005, 0.02, 0.05):
        async with Sync(served.url) as sync:
            watches = [sync.watch("rooms:tail", tail(room, n)) for n in range(20)]
            waiting = [
                asyncio.create_task(sync.query("rooms:tail", tail(room))),
                asyncio.create_task(sync.mutation("rooms:append", line(room, "x"))),
            ]
            readers = [asyncio.create_task(read_to_the_end(watch)) for watch in watches]
            await asyncio.sleep(delay * random.random())
        for result in await asyncio.gather(*waiting, return_exceptions=True):
            assert not isinstance(result, BaseException) or isinstance(result, DeploymentUnavailable)
        await asyncio.gather(*readers)
    assert len(asyncio.all_tasks()) == before


async def read_to_the_end(watch: Any) -> None:
    async for _ in watch:
        pass
