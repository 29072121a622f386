"""HTTP calls against a server that answers whatever the test says."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import orjson
import pytest
from aiohttp import web

from app.convex.deployment import (
    ConvexError,
    ConvexInt64,
    Deployment,
    DeploymentError,
    DeploymentUnavailable,
    FunctionFailed,
    Unauthenticated,
)

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Script:
    """Answers every request with `answer`, and remembers them."""

    def __init__(self) -> None:
        self.url = ""
        self.answer: Answer = lambda _: json_answer(200, {"status": "success", "value": None})
        self.requests: list[tuple[web.Request, Any]] = []

    async def handle(self, request: web.Request) -> web.StreamResponse:
        body = await request.read()
        self.requests.append((request, orjson.loads(body) if body else None))
        return await self.answer(request)

    def say(self, status: int, body: Any, **headers: str) -> None:
        self.answer = lambda _: json_answer(status, body, **headers)


async def json_answer(status: int, body: Any, **headers: str) -> web.StreamResponse:
    text = body if isinstance(body, str) else orjson.dumps(body).decode()
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return web.Response(status=status, text=text, headers=named)


@pytest.fixture
async def script() -> AsyncIterator[Script]:
    script = Script()
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", script.handle)
    runner = web.AppRunner(application, shutdown_timeout=0.1, handler_cancellation=True)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    script.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield script
    await runner.cleanup()


@pytest.fixture
async def deployment(script: Script) -> AsyncIterator[Deployment]:
    async with Deployment(script.url) as deployment:
        yield deployment


async def test_a_call_says_who_it_is_what_it_wants_and_in_which_format(script: Script, deployment: Deployment) -> None:
    script.say(200, {"status": "success", "value": {"ts": {"$integer": "BQAAAAAAAAA="}, "n": 1}})
    value = await deployment.mutation("m:write", {"n": 1, "ts": ConvexInt64(5)}, token="jwt")
    assert (value["ts"], type(value["ts"])) == (5, int)
    assert (value["n"], type(value["n"])) == (1.0, float)
    request, body = script.requests[0]
    assert (request.method, request.path) == ("POST", "/api/mutation")
    assert request.headers["Authorization"] == "Bearer jwt"
    assert request.headers["Convex-Client"].startswith("python-")
    args = {"n": 1.0, "ts": {"$integer": "BQAAAAAAAAA="}}
    assert body == {"path": "m:write", "format": "convex_encoded_json", "args": args}


async def test_each_kind_has_its_path_and_no_token_means_no_header(script: Script, deployment: Deployment) -> None:
    await deployment.query("m:q", {})
    await deployment.action("m:a", {})
    assert [request.path for request, _ in script.requests] == ["/api/query", "/api/action"]
    assert all("Authorization" not in request.headers for request, _ in script.requests)


@pytest.mark.parametrize("status", [200, 560])
async def test_a_convex_error_keeps_its_data(script: Script, deployment: Deployment, status: int) -> None:
    data = {"code": "conflict", "n": 1, "message": "Too late."}
    script.say(status, {"status": "error", "errorMessage": "Uncaught", "errorData": data})
    with pytest.raises(ConvexError, match=r"Too late\.") as thrown:
        await deployment.mutation("m:write", {})
    assert thrown.value.data == data
    script.say(status, {"status": "error", "errorMessage": "Uncaught", "errorData": None})
    with pytest.raises(ConvexError, match="Uncaught"):
        await deployment.mutation("m:write", {})


async def test_any_other_error_of_a_function_is_function_failed(script: Script, deployment: Deployment) -> None:
    script.say(200, {"status": "error", "errorMessage": "Server Error", "logLines": ["[LOG] 'x'"]})
    with pytest.raises(FunctionFailed, match="Server Error"):
        await deployment.query("m:q", {})


@pytest.mark.parametrize(
    ("status", "kind", "maybe_applied", "retry_after"),
    [
        (401, Unauthenticated, None, None),
        (400, DeploymentError, None, None),
        (404, DeploymentError, None, None),
        (413, DeploymentError, None, None),
        (429, DeploymentUnavailable, False, 7.0),
        (500, DeploymentUnavailable, True, 7.0),
        (503, DeploymentUnavailable, False, 7.0),
        (504, DeploymentUnavailable, True, 7.0),
    ],
)
async def test_a_refusal_is_named_by_its_status(
    script: Script,
    deployment: Deployment,
    status: int,
    kind: type[DeploymentError],
    maybe_applied: bool | None,
    retry_after: float | None,
) -> None:
    script.say(status, {"code": "Because", "message": "it is so"}, Retry_After="7")
    with pytest.raises(DeploymentError, match="it is so") as refused:
        await deployment.mutation("m:write", {})
    assert type(refused.value) is kind
    assert (refused.value.status, refused.value.code) == (status, "Because")
    assert getattr(refused.value, "maybe_applied", None) is maybe_applied
    assert getattr(refused.value, "retry_after", None) == retry_after


@pytest.mark.parametrize("body", ["<html>", "[]", "{}", '{"status":"success","value":{"$map":[]}}', "null", ""])
async def test_an_answer_out_of_shape_is_a_deployment_error(script: Script, deployment: Deployment, body: str) -> None:
    script.say(200, body)
    with pytest.raises(DeploymentError, match="not a deployment's answer"):
        await deployment.query("m:q", {})
    script.say(502, body)
    with pytest.raises(DeploymentUnavailable):
        await deployment.query("m:q", {})


async def test_a_redirect_is_not_followed(script: Script, deployment: Deployment) -> None:
    script.say(307, "", Location="http://127.0.0.1:9/steal")
    with pytest.raises(DeploymentError, match="307"):
        await deployment.query("m:q", {}, token="jwt")


async def test_an_answer_without_end_is_cut_off(script: Script) -> None:
    async def endless(request: web.Request) -> web.StreamResponse:
        answer = web.StreamResponse()
        await answer.prepare(request)
        while True:
            await answer.write(b"x" * 4096)

    script.answer = endless
    async with Deployment(script.url, largest_answer=100_000) as deployment:
        with pytest.raises(DeploymentError, match="more than 100000 bytes"):
            await deployment.query("m:q", {})


async def test_a_connection_cut_after_sending_says_maybe_and_is_not_tried_again(
    script: Script, deployment: Deployment
) -> None:
    async def cut(request: web.Request) -> web.StreamResponse:
        assert request.transport
        request.transport.close()
        return web.Response()

    await deployment.query("m:q", {})  # so that the connection is one that was used before
    script.answer = cut
    with pytest.raises(DeploymentUnavailable) as lost:
        await deployment.mutation("m:write", {})
    assert lost.value.maybe_applied
    assert len(script.requests) == 2
    with pytest.raises(DeploymentUnavailable) as lost:
        await deployment.query("m:q", {})
    assert not lost.value.maybe_applied


async def test_a_hung_deployment_costs_the_limit_and_nobody_else_waits(script: Script) -> None:
    async def hang(_: web.Request) -> web.StreamResponse:
        await asyncio.Event().wait()
        raise AssertionError

    async with Deployment(script.url, call_limit=0.2) as deployment:
        script.answer = hang
        with pytest.raises(DeploymentUnavailable, match="no answer") as late:
            await deployment.mutation("m:write", {})
        assert late.value.maybe_applied


async def test_nobody_there_is_said_at_once_and_nothing_was_applied() -> None:
    async with Deployment("http://127.0.0.1:9") as deployment:
        with pytest.raises(DeploymentUnavailable, match="cannot reach") as nobody:
            await deployment.mutation("m:write", {})
        assert not nobody.value.maybe_applied


async def test_a_full_pool_is_not_waited_for_longer_than_a_connection(script: Script) -> None:
    waiting = asyncio.Event()

    async def wait(_: web.Request) -> web.StreamResponse:
        await waiting.wait()
        return await json_answer(200, {"status": "success", "value": 1})

    script.answer = wait
    async with Deployment(script.url, connect_limit=1.0) as deployment:
        calls = [asyncio.create_task(deployment.query("m:q", {})) for _ in range(101)]
        done, _ = await asyncio.wait(calls, return_when=asyncio.FIRST_COMPLETED)
        with pytest.raises(DeploymentUnavailable):
            await done.pop()
        waiting.set()
        answers = await asyncio.gather(*calls, return_exceptions=True)
        assert answers.count(1.0) == 100


async def test_version_is_the_text_of_its_page(script: Script, deployment: Deployment) -> None:
    script.say(200, "1.2.3\n")
    assert await deployment.version() == "1.2.3"
    script.say(503, "")
    with pytest.raises(DeploymentUnavailable):
        await deployment.version()


async def test_arguments_that_convex_cannot_hold_are_not_sent(script: Script, deployment: Deployment) -> None:
    for bad in ({"a": "\ud800"}, {"$a": 1}, {"a": 2**60}, {"a": object()}):
        with pytest.raises((ValueError, TypeError)):
            await deployment.query("m:q", bad)
    assert script.requests == []


async def test_a_token_cannot_smuggle_headers(script: Script, deployment: Deployment) -> None:
    with pytest.raises(ValueError, match=r"(?i)newline|carriage|header"):
        await deployment.query("m:q", {}, token="a\r\nX-Evil: 1")
    assert script.requests == []


async def test_a_closed_client_says_so() -> None:
    deployment = Deployment("http://127.0.0.1:9")
    await deployment.close()
    with pytest.raises(DeploymentUnavailable, match="closed"):
        await deployment.query("m:q", {})


@pytest.mark.parametrize("url", ["ftp://x", "localhost:3210", "", "http://"])
def test_a_url_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="http://"):
        Deployment(url)
