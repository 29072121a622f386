"""What a connection does when the deployment says what a right deployment never or seldom says."""

import asyncio
from typing import Any

import orjson
import pytest

from app.convex.deployment import Limits, Sync, Unauthenticated
from tests.deployment.peer import Conversation, Peer, ts64, updated
from tests.deployment.reading import until_state


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
