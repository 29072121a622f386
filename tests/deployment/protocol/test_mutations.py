"""What a mutation does when the deployment says what a right deployment never or seldom says."""

import asyncio
from typing import Any

import pytest

from app.convex.deployment import ConvexError, DeploymentUnavailable, FunctionFailed, Sync
from tests.deployment.peer import Peer, ts64, updated


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
