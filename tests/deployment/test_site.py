"""What comes back of a request that is forwarded to an HTTP action."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from app.convex.deployment import DeploymentUnavailable, Site

ANSWERS = {
    "/made": (201, "application/json", [b'{"shape": ', b'"a"}']),
    "/refused": (404, "application/json", [b'{"error":', b'{"code":"not_found"}}']),
    "/proxy": (404, "text/html", [b"<h1>Not found</h1>"]),
    "/platform": (413, "application/json", [b'{"code": "TooLarge"}']),
    "/endless": (200, "application/json", [b" " * 200_000] * 2),
}


async def answer(request: web.Request) -> web.StreamResponse:
    status, kind, parts = ANSWERS[request.path]
    response = web.StreamResponse(status=status, headers={"Content-Type": kind})
    await response.prepare(request)
    for part in parts:
        await response.write(part)
    return response


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    application = web.Application()
    application.router.add_post("/{path:.*}", answer)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with Site(f"http://127.0.0.1:{runner.addresses[0][1]}") as site:
        yield site
    await runner.cleanup()


@pytest.mark.parametrize("path", ["/made", "/refused"])
async def test_an_answer_in_parts_is_whole(site: Site, path: str) -> None:
    status, kind, parts = ANSWERS[path]
    said = await site.post(path, b"", {})
    assert (said.status, said.content_type, said.body) == (status, kind, b"".join(parts))


@pytest.mark.parametrize("path", ["/proxy", "/platform", "/endless"])
async def test_what_no_http_action_says_is_not_passed_on(site: Site, path: str) -> None:
    with pytest.raises(DeploymentUnavailable):
        await site.post(path, b"", {})
