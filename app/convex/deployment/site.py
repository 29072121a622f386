"""The HTTP actions of a deployment: what a web process forwards to them, over connections of their own."""

from collections.abc import Mapping
from typing import NamedTuple, Self

import aiohttp
from yarl import URL

from app.convex.deployment.client import HEADERS, deployment_url
from app.convex.deployment.errors import DeploymentUnavailable

CONNECTIONS = 32
CONNECT_LIMIT = 5.0  # s to get a connection, waiting for a free one included
CALL_LIMIT = 20.0  # s for a whole answer
LARGEST_ANSWER = 256 * 1024  # bytes


class SiteAnswer(NamedTuple):
    status: int
    content_type: str
    retry_after: str | None
    body: bytes


class Site:
    """Raises `DeploymentUnavailable` if there is no answer, or one that no HTTP action gave. Nothing is sent twice."""

    def __init__(self, url: str) -> None:
        self._base = deployment_url(url)
        self._session: aiohttp.ClientSession | None = None

    async def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> SiteAnswer:
        where = URL(f"{str(self._base).rstrip('/')}{path}", encoded=True)
        try:
            async with self._open().post(where, data=body, headers=headers, allow_redirects=False) as answer:
                said = await whole(answer)
                kind, status = answer.headers.get("Content-Type", ""), answer.status
        except (aiohttp.ClientError, OSError) as error:
            # Not the error itself, which names the address: there may be a secret in it.
            raise DeploymentUnavailable(
                f"no answer from an HTTP action: {type(error).__name__}", maybe_applied=True
            ) from None
        # A refusal of an HTTP action has a sentence. What a proxy or the deployment itself says is not for people.
        ours = kind.startswith("application/json") or not said if status < 300 else said.startswith(b'{"error":')
        if not ours:
            raise DeploymentUnavailable(f"an HTTP action failed: {status}", status=status, maybe_applied=True)
        return SiteAnswer(status, kind, answer.headers.get("Retry-After"), said)

    async def close(self) -> None:
        if self._session:
            await self._session.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=4.0),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers=HEADERS,
                timeout=aiohttp.ClientTimeout(total=CALL_LIMIT, connect=CONNECT_LIMIT),
            )
        return self._session


async def whole(answer: aiohttp.ClientResponse) -> bytes:
    """Raises ClientPayloadError for more than any HTTP action answers."""
    said = b""
    async for part in answer.content.iter_any():
        said += part
        if len(said) > LARGEST_ANSWER:
            raise aiohttp.ClientPayloadError
    return said


def site_url(url: str) -> str:
    """Where a deployment at this address has its HTTP actions: another host on Convex Cloud, else below `/http`."""
    base = deployment_url(url)
    host = base.host or ""
    if host.endswith(".convex.cloud"):
        return str(base.with_host(f"{host.removesuffix('.convex.cloud')}.convex.site"))
    return f"{url.rstrip('/')}/http"
