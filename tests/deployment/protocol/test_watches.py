"""What a watch does when the deployment says what a right deployment never or seldom says."""

import asyncio
from typing import Any

import pytest

from app.convex.deployment import ConvexError, FunctionFailed, Sync
from tests.deployment.peer import Peer, failed, updated


async def test_a_watch_is_added_once_and_takes_each_transition(peer: Peer) -> None:
    async with Sync(peer.url) as sync:
        watch = sync.watch("m:q", {"a": 1})
        with pytest.raises(LookupError):
            _ = watch.latest
        deployment = await peer.answer()
        connect, adds = await deployment.accept()
        assert connect["connectionCount"] == 0
        assert connect["lastCloseReason"] == "InitialConnect"
        assert "maxObservedTimestamp" not in connect
        assert adds == [{"type": "Add", "queryId": 0, "udfPath": "m:q", "args": [{"a": 1.0}]}]
        assert not sync.connected
        await deployment.move(updated(0, [1]), query_set=1, ts=5)
        assert await anext(watch) == [1.0]
        assert sync.connected
        assert (watch.latest, watch.ts, sync.ts) == ([1.0], 5, 5)
        await deployment.move(updated(0, [2]), ts=6)
        assert await anext(watch) == [2.0]


async def test_moving_a_watch_takes_one_message_and_keeps_latest_meanwhile(peer: Peer) -> None:
    async with Sync(peer.url) as sync:
        watch = sync.watch("m:q", {"after": 1})
        deployment = await peer.answer()
        await deployment.accept()
        await deployment.move(updated(0, "old"), query_set=1, ts=5)
        assert await anext(watch) == "old"
        watch.move({"after": 2})
        modify = await deployment.hear("ModifyQuerySet")
        assert (modify["baseVersion"], modify["newVersion"]) == (1, 2)
        assert modify["modifications"] == [
            {"type": "Add", "queryId": 1, "udfPath": "m:q", "args": [{"after": 2.0}]},
            {"type": "Remove", "queryId": 0},
        ]
        other = sync.watch("m:other", {})
        await deployment.hear("ModifyQuerySet")
        await deployment.move(updated(0, "too late"), updated(2, 0), ts=6)
        assert await anext(other) == 0.0
        assert watch.latest == "old"
        await deployment.move(updated(1, "new"), query_set=3, ts=7)
        assert await anext(watch) == "new"
        assert watch.ts == 7


async def test_moves_in_one_turn_become_one_and_moving_nowhere_is_nothing(peer: Peer) -> None:
    async with Sync(peer.url) as sync:
        watch = sync.watch("m:q", {"after": 1})
        deployment = await peer.answer()
        await deployment.accept()
        watch.move({"after": 1})
        watch.move({"after": 2})
        watch.move({"after": 3})
        modify = await deployment.hear("ModifyQuerySet")
        assert [(m["type"], m["queryId"]) for m in modify["modifications"]] == [("Add", 2), ("Remove", 0)]


async def test_equal_values_are_not_delivered_again_but_equal_means_of_one_type(peer: Peer) -> None:
    async with Sync(peer.url) as sync:
        watch = sync.watch("m:q", {})
        deployment = await peer.answer()
        await deployment.accept()
        await deployment.move(updated(0, {"a": 1}), query_set=1, ts=5)
        assert await anext(watch) == {"a": 1.0}
        await deployment.move(updated(0, {"a": 1}), ts=6)
        await deployment.move(updated(0, {"a": True}), ts=7)
        assert (await anext(watch))["a"] is True
        assert watch.ts == 7


async def test_a_slow_reader_gets_the_newest(peer: Peer) -> None:
    async with Sync(peer.url) as sync:
        watch = sync.watch("m:q", {})
        deployment = await peer.answer()
        await deployment.accept()
        await deployment.move(query_set=1, ts=5)
        for value in range(10):
            await deployment.move(updated(0, value), ts=6 + value)
        async with asyncio.timeout(5):
            while sync.ts < 15:
                await anext(watch)
        assert watch.latest == 9.0


async def test_a_cancelled_reader_loses_nothing(peer: Peer) -> None:
    async with Sync(peer.url) as sync:
        watch = sync.watch("m:q", {})
        deployment = await peer.answer()
        await deployment.accept()
        await deployment.move(updated(0, 1), query_set=1, ts=5)
        assert await anext(watch) == 1.0
        reading = asyncio.ensure_future(anext(watch))
        await asyncio.sleep(0)
        watch.take(2.0, None, 6)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        assert await anext(watch) == 2.0


async def test_a_failed_query_raises_and_the_watch_goes_on(peer: Peer) -> None:
    async with Sync(peer.url) as sync:
        watch = sync.watch("m:q", {})
        deployment = await peer.answer()
        await deployment.accept()
        await deployment.move(failed(0, "x", errorData={"code": "forbidden"}), query_set=1, ts=5)
        with pytest.raises(ConvexError) as thrown:
            await anext(watch)
        assert thrown.value.data == {"code": "forbidden"}
        for _ in range(3):
            with pytest.raises(ConvexError) as again:
                _ = watch.latest
            assert len(again.traceback) < 4
        await deployment.move(failed(0, "Server Error"), ts=6)
        with pytest.raises(FunctionFailed, match="Server Error"):
            await anext(watch)
        await deployment.move(updated(0, "fine"), ts=7)
        assert await anext(watch) == "fine"


async def test_a_convex_error_with_null_as_its_data_is_still_one(peer: Peer) -> None:
    async with Sync(peer.url) as sync:
        watch = sync.watch("m:q", {})
        deployment = await peer.answer()
        await deployment.accept()
        await deployment.move(failed(0, "x", errorData=None), query_set=1, ts=5)
        with pytest.raises(ConvexError) as thrown:
            await anext(watch)
        assert thrown.value.data is None


async def test_a_query_resolves_once_every_watch_took_its_transition(peer: Peer) -> None:
    async with Sync(peer.url) as sync:
        asked = asyncio.create_task(sync.query("m:once", {}))
        watch = sync.watch("m:q", {})
        deployment = await peer.answer()
        _, adds = await deployment.accept()
        ids = {add["udfPath"]: add["queryId"] for add in adds}
        order: list[Any] = []
        asked.add_done_callback(lambda _: order.append(watch.latest))
        once, live_query = updated(ids["m:once"], 1), updated(ids["m:q"], 2)
        await deployment.move(once, live_query, query_set=1, ts=5)
        assert await asked == 1.0
        await asyncio.sleep(0)
        assert order == [2.0]
        modify = await deployment.hear("ModifyQuerySet")
        assert modify["modifications"] == [{"type": "Remove", "queryId": ids["m:once"]}]
