"""File storage: objects put through upload URLs and read from their addresses, over connections of their own.

Both kinds of URL open the object to anybody. Only their paths are used, on the deployment's own address: a deployment
may know itself by another name, and no answer of it sends us elsewhere.
"""

import base64
import hashlib
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import BinaryIO, Self

import aiohttp
import orjson
from yarl import URL

from app.convex.deployment.answers import refusal
from app.convex.deployment.client import HEADERS, deployment_url
from app.convex.deployment.errors import DeploymentError, DeploymentUnavailable

CONNECTIONS = 64  # an address of strangers takes up to 32: app/web/turns.py
CONNECT_LIMIT = 10.0  # s to get a connection, waiting for a free one included
SILENCE_LIMIT = 10.0  # s
CALL_LIMIT = 120.0  # s for a whole object
LARGE_LIMIT = 3600.0  # s for one that may have hundreds of MiB
ANSWER = 64 * 1024  # bytes of what is said of an upload
PART = 64 * 1024  # bytes
IN_MEMORY = 4 * 1024 * 1024  # bytes of a file that comes in parts; a larger one is buffered on disk


class Storage:
    """Raises `DeploymentUnavailable` and `DeploymentError`, as `Deployment` does. Nothing is ever sent twice."""

    def __init__(self, url: str) -> None:
        self._base = deployment_url(url)
        self._session: aiohttp.ClientSession | None = None

    async def put_parts(self, upload_url: str, parts: AsyncIterator[bytes], content_type: str) -> tuple[str, int]:
        """The storage id and the size of a file that comes in parts. A large one is buffered on disk."""
        digest = hashlib.sha256()
        with tempfile.SpooledTemporaryFile(IN_MEMORY) as file:
            async for part in parts:
                digest.update(part)
                file.write(part)
            size = file.tell()
            stored = await self.put(upload_url, file, size, digest.hexdigest(), content_type)  # type: ignore[arg-type]
        return stored, size

    async def put(
        self, upload_url: str, file: BinaryIO, size: int, sha256: str, content_type: str, *, large: bool = False
    ) -> str:
        """The storage id of the whole file, of `size` bytes. `sha256`, in hex, goes along: storage checks it."""
        file.seek(0)
        headers = {
            "Content-Type": content_type,
            "Content-Length": str(size),
            "Digest": f"sha-256={base64.b64encode(bytes.fromhex(sha256)).decode()}",
        }
        async with self._request("POST", upload_url, large, data=file, headers=headers) as answer:
            body = await answer.content.read(ANSWER)
            if answer.status != 200:
                raise refusal(answer.status, answer.headers, body, repeatable=False)
        try:
            return str(orjson.loads(body)["storageId"])
        except (ValueError, LookupError, TypeError) as error:
            raise DeploymentError(f"not an upload's answer: {error}", status=200) from error

    @asynccontextmanager
    async def open(self, url: str, *, large: bool = False) -> AsyncIterator[AsyncIterator[bytes]]:
        """The object's bytes as they come, while the context lasts. Raises DeploymentError 404 if it is gone."""
        async with self._request("GET", url, large) as answer:
            if answer.status != 200:
                raise refusal(answer.status, answer.headers, await answer.content.read(ANSWER), repeatable=True)
            yield answer.content.iter_chunked(PART)

    async def close(self) -> None:
        if self._session:
            await self._session.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    @asynccontextmanager
    async def _request(
        self, method: str, url: str, large: bool, **options: object
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=4.0),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers=HEADERS,
                timeout=patience(CALL_LIMIT),
                auto_decompress=False,
            )
        if large:
            options["timeout"] = patience(LARGE_LIMIT)
        here = self._base.origin().join(URL(URL(url).raw_path_qs, encoded=True))
        try:
            async with self._session.request(method, here, allow_redirects=False, **options) as answer:  # type: ignore[arg-type]
                yield answer
        except (aiohttp.ClientError, OSError) as error:
            raise DeploymentUnavailable(f"file storage does not answer: {type(error).__name__}") from error


def patience(total: float) -> aiohttp.ClientTimeout:
    return aiohttp.ClientTimeout(total=total, connect=CONNECT_LIMIT, sock_read=SILENCE_LIMIT)
