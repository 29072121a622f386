"""What the sync client does when the deployment says what a right deployment never or seldom says."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import orjson
import pytest

from app.convex.deployment import ConvexError, DeploymentUnavailable, FunctionFailed, Limits, Sync, Unauthenticated
from tests.deployment.peer import Conversation, Peer, failed, playing, ts64, updated
from tests.deployment.reading import until_state


@pytest.fixture(autouse=True)
def floors(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Waiting for the next connection takes no time here; what would have been the least is noted."""
    noted: list[float] = []

    def next_delay(self: Any, floor: float = 0.0) -> float:  # noqa: ARG001
        noted.append(floor)
        return 0.0

    monkeypatch.setattr("app.convex.deployment.backoff.Backoff.next", next_delay)
    return noted


@pytest.fixture
async def peer() -> AsyncIterator[Peer]:
    async with playing() as peer:
        yield peer


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


async def test_a_mutation_resolves_when_a_transition_has_reached_it(peer: Peer) -> None:
    async with Sync(peer.url) as sync:
        watch = sync.watch("m:q", {})
        deployment = await peer.answer()
        await deployment.accept()
        await deployment.move(updated(0, 0), query_set=1, ts=5)
        wanted = asyncio.create_task(sync.mutation("m:write", {"n": 1}))
        request = await deployment.hear("Mutation")
        assert (request["requestId"], request["udfPath"], request["args"]) == (0, "m:write", [{"n": 1.0}])
        await deployment.say("MutationResponse", requestId=0, success=True, result=9, ts=ts64(8), logLines=[])
        await deployment.move(updated(0, 1), ts=7)
        assert await anext(watch) in (0.0, 1.0)
        while watch.latest != 1.0:
            await anext(watch)
        assert not wanted.done()
        await deployment.move(updated(0, 2), ts=8)
        assert await wanted == 9.0
        assert watch.latest == 2.0


async def test_a_failed_mutation_raises_what_the_function_threw(peer: Peer) -> None:
    async with Sync(peer.url) as sync:
        one = asyncio.create_task(sync.mutation("m:write", {}))
        two = asyncio.create_task(sync.mutation("m:write", {}))
        deployment = await peer.answer()
        await deployment.hear("Connect")
        await deployment.hear("Mutation")
        await deployment.hear("Mutation")
        answer: dict[str, Any] = {"success": False, "ts": None, "logLines": []}
        await deployment.say("MutationResponse", requestId=0, result="no", errorData="why", **answer)
        await deployment.say("MutationResponse", requestId=1, result="Server Error", **answer)
        with pytest.raises(ConvexError, match="why"):
            await one
        with pytest.raises(FunctionFailed, match="Server Error"):
            await two


async def test_a_mutation_is_sent_once_and_waited_for_when_committed(peer: Peer) -> None:
    async with Sync(peer.url) as sync:
        unanswered = asyncio.create_task(sync.mutation("m:one", {}))
        committed = asyncio.create_task(sync.mutation("m:two", {}))
        first = await peer.answer()
        await first.hear("Connect")
        for _ in range(2):
            await first.hear("Mutation")
        await first.say("MutationResponse", requestId=1, success=True, result="done", ts=ts64(8), logLines=[])
        await first.socket.close(code=1001, message=b"bye")
        with pytest.raises(DeploymentUnavailable) as lost:
            await unanswered
        assert lost.value.maybe_applied
        second = await peer.answer()
        connect = await second.hear("Connect")
        assert connect["lastCloseReason"] == "bye (1001)"
        later = asyncio.create_task(sync.mutation("m:three", {}))
        assert (await second.hear("Mutation"))["udfPath"] == "m:three"
        await second.move(ts=8)
        assert await committed == "done"
        later.cancel()


async def test_a_mutation_that_was_never_sent_says_so() -> None:
    async with Sync("http://127.0.0.1:9") as sync:
        with pytest.raises(DeploymentUnavailable) as late:
            await sync.mutation("m:write", {}, timeout=0.05)
        assert not late.value.maybe_applied
    with pytest.raises(DeploymentUnavailable, match="closed"):
        await sync.mutation("m:write", {})


async def test_closing_says_of_each_mutation_whether_it_was_sent(peer: Peer) -> None:
    async with Sync(peer.url) as connected, Sync("http://127.0.0.1:9") as unconnected:
        sent = asyncio.create_task(connected.mutation("m:one", {}))
        unsent = asyncio.create_task(unconnected.mutation("m:one", {}))
        deployment = await peer.answer()
        await deployment.hear("Connect")
        await deployment.hear("Mutation")
    for task, maybe_applied in ((sent, True), (unsent, False)):
        with pytest.raises(DeploymentUnavailable, match="closed") as closed:
            await task
        assert closed.value.maybe_applied is maybe_applied


async def test_a_new_connection_keeps_the_session_and_sends_every_journal(peer: Peer) -> None:
    async with Sync(peer.url) as sync:
        one, two = sync.watch("m:page", {}), sync.watch("m:closed", {})
        first = await peer.answer()
        connect, _ = await first.accept()
        await first.move(updated(0, "a", journal="end"), updated(1, "b"), query_set=1, ts=5)
        assert await anext(one) == "a"
        two.close()
        await first.hear("ModifyQuerySet")
        await first.socket.close(code=1001)
        second = await peer.answer()
        again, adds = await second.accept()
        assert again["sessionId"] == connect["sessionId"]
        assert again["connectionCount"] == 1
        assert again["maxObservedTimestamp"] == ts64(5)
        assert adds == [{"type": "Add", "queryId": 0, "udfPath": "m:page", "args": [{}], "journal": "end"}]
        assert not sync.connected
        assert one.latest == "a"
        await second.move(updated(0, "a", journal="end"), query_set=1, ts=6)
        await until_state(sync)
        await second.move(updated(0, "c"), ts=7)
        assert await anext(one) == "c"
    assert not sync.connected
    assert [value async for value in one] == []


async def test_a_wrong_start_version_is_discarded_and_forces_a_new_connection(peer: Peer) -> None:
    async with Sync(peer.url) as sync:
        watch = sync.watch("m:q", {})
        first = await peer.answer()
        await first.accept()
        first.version["ts"] = ts64(3)
        await first.move(updated(0, "wrong"), query_set=1, ts=5)
        second = await peer.answer()
        connect, _ = await second.accept()
        assert connect["lastCloseReason"].startswith("StartVersionMismatch")
        await second.move(updated(0, "right"), query_set=1, ts=5)
        assert await anext(watch) == "right"


@pytest.mark.parametrize(
    "text",
    [
        "nonsense",
        "[]",
        '"x"',
        "{}",
        '{"type":"Transition"}',
        '{"type":"MutationResponse"}',
        '{"type":"TransitionChunk","chunk":"x","partNumber":1,"totalParts":2,"transitionId":"t"}',
        "[" * 2000,
    ],
)
async def test_a_bad_message_means_a_new_connection(peer: Peer, text: str) -> None:
    async with Sync(peer.url):
        first = await peer.answer()
        await first.hear("Connect")
        await first.socket.send_str(text)
        second = await peer.answer()
        assert (await second.hear("Connect"))["lastCloseReason"].startswith("BadMessage")


async def test_a_value_that_cannot_be_read_reaches_nobody(peer: Peer) -> None:
    async with Sync(peer.url) as sync:
        good, bad = sync.watch("m:good", {}), sync.watch("m:bad", {})
        first = await peer.answer()
        await first.accept()
        await first.move(updated(0, 1), updated(1, {"$set": []}), query_set=1, ts=5)
        second = await peer.answer()
        await second.accept()
        await second.move(updated(0, 2), updated(1, 3), query_set=1, ts=6)
        assert await anext(bad) == 3.0
        assert await anext(good) == 2.0


async def test_unknown_messages_and_pings_are_passed_over(peer: Peer) -> None:
    async with Sync(peer.url) as sync:
        watch = sync.watch("m:q", {})
        deployment = await peer.answer()
        await deployment.accept()
        await deployment.say("Ping")
        await deployment.say("FromTheFuture", of="protocols")
        await deployment.move(updated(0, 1), query_set=1, ts=5)
        assert await anext(watch) == 1.0


async def test_a_transition_in_chunks_is_put_together(peer: Peer) -> None:
    async with Sync(peer.url) as sync:
        watch = sync.watch("m:q", {})
        deployment = await peer.answer()
        await deployment.accept()
        await say_in_chunks(deployment, updated(0, "x" * 100), query_set=1, ts=5)
        assert await anext(watch) == "x" * 100
        await say_in_chunks(deployment, updated(0, "y" * 100), ts=6)
        assert await anext(watch) == "y" * 100


async def say_in_chunks(deployment: Conversation, *modifications: dict[str, Any], **end: int) -> None:
    text = orjson.dumps(deployment.transition(*modifications, **end)).decode()
    parts = [text[start : start + 40] for start in range(0, len(text), 40)]
    for number, part in enumerate(parts):
        await deployment.say(
            "TransitionChunk", chunk=part, partNumber=number, totalParts=len(parts), transitionId=str(end["ts"])
        )


async def test_a_refused_token_is_replaced_and_a_second_refusal_fails_waiters(peer: Peer) -> None:
    tokens = iter(["old", "new", "newer", "newest"])

    async def token() -> str:
        return next(tokens)

    async with Sync(peer.url, token) as sync:
        watch = sync.watch("m:q", {})
        for refused in ("old", "new"):
            asked = asyncio.create_task(sync.query("m:once", {}))
            deployment = await peer.answer()
            await deployment.hear("Connect")
            assert (await deployment.hear("Authenticate"))["value"] == refused
            await deployment.hear("ModifyQuerySet")
            await deployment.say("AuthError", error="expired", baseVersion=0, authUpdateAttempted=True)
            await deployment.hear_end()
            if refused == "new":
                with pytest.raises(Unauthenticated):
                    await asked
        deployment = await peer.answer()
        await deployment.hear("Connect")
        assert await deployment.hear("Authenticate") == {
            "type": "Authenticate",
            "tokenType": "User",
            "value": "newer",
            "baseVersion": 0,
        }
        modify = await deployment.hear("ModifyQuerySet")
        assert [add["udfPath"] for add in modify["modifications"]] == ["m:q"]
        await deployment.move(updated(0, 1), query_set=1, ts=4)
        assert await anext(watch) == 1.0
        assert not sync.connected, "the identity is not answered yet"
        await deployment.move(identity=1, ts=5)
        await until_state(sync)


async def test_a_fatal_error_and_overload_are_not_hurried(peer: Peer, floors: list[float]) -> None:
    async with Sync(peer.url):
        first = await peer.answer()
        await first.hear("Connect")
        await first.say("FatalError", error="BaseVersionMismatch")
        second = await peer.answer()
        assert (await second.hear("Connect"))["lastCloseReason"] == "FatalError: BaseVersionMismatch"
        await second.socket.close(code=1013, message=b"WorkerOverloaded")
        third = await peer.answer()
        assert (await third.hear("Connect"))["lastCloseReason"] == "WorkerOverloaded (1013)"
        await third.socket.close(code=1001)
        await peer.answer()
    assert floors == [1.0, 1.0, 0.0]


async def test_a_deployment_that_answers_pings_but_says_nothing_is_left(peer: Peer) -> None:
    async with Sync(peer.url, limits=Limits(silence=0.1)):
        first = await peer.answer()
        await first.hear("Connect")
        second = await peer.answer()
        assert (await second.hear("Connect"))["lastCloseReason"] == "InactiveServer"


async def test_a_token_source_that_fails_is_asked_again(peer: Peer) -> None:
    asked = 0

    async def token() -> str:
        nonlocal asked
        asked += 1
        if asked == 1:
            raise RuntimeError("secret")
        return "token"

    async with Sync(peer.url, token):
        deployment = await peer.answer()
        connect = await deployment.hear("Connect")
        assert "secret" not in connect["lastCloseReason"]
        assert (await deployment.hear("Authenticate"))["value"] == "token"


async def test_a_failing_state_callback_hurts_nobody(peer: Peer) -> None:
    async with Sync(peer.url) as sync:
        heard: list[bool] = []
        sync.on_state.append(lambda _: 1 / 0)  # type: ignore[arg-type]
        sync.on_state.append(heard.append)
        watch = sync.watch("m:q", {})
        deployment = await peer.answer()
        await deployment.accept()
        await deployment.move(updated(0, 1), query_set=1, ts=5)
        assert await anext(watch) == 1.0
        assert heard == [True]
    assert heard == [True, False]


async def test_what_convex_cannot_hold_is_refused_where_it_is_asked(peer: Peer) -> None:
    async with Sync(peer.url) as sync:
        for bad in ({"a": "\ud800"}, {"$a": 1}, {"a": 2**60}):
            with pytest.raises(ValueError, match=r"surrogates|starts with|outside"):
                sync.watch("m:q", bad)
            with pytest.raises(ValueError, match=r"surrogates|starts with|outside"):
                await sync.mutation("m:q", bad)
        watch = sync.watch("m:q", {})
        deployment = await peer.answer()
        _, adds = await deployment.accept()
        await deployment.move(updated(adds[0]["queryId"], 1), query_set=1, ts=5)
        assert await anext(watch) == 1.0
