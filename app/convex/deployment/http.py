"""Calls over HTTP, each as the person of its token."""

import io
import time
from collections.abc import Callable, Mapping
from typing import Any, Self

import aiohttp
import orjson

from app.convex.deployment.answers import outcome, refusal
from app.convex.deployment.client import HEADERS, deployment_url
from app.convex.deployment.errors import DeploymentError, DeploymentUnavailable
from app.convex.deployment.values import dumps, encode_args

CONNECTIONS = 100
CONNECT_LIMIT = 2.0  # s to get a connection, waiting for a free one included
CALL_LIMIT = 10.0  # s for a whole call
LARGE = 2**20 - 1  # bytes of a body
KEEP_ALIVE = 4.0  # s; less than Node's 5 s, so that we never write to a connection that Node is closing
LARGEST_ANSWER = 32 * 2**20  # bytes; Convex's own limit is 16 MiB before encoding
UNSAVED = ("StorageFull", "StorageFailed")  # codes of a deployment that cannot write to its disk
FUNCTION_ANSWERS = (200, 560)  # 560: a function failed, in some deployments


class Deployment:
    """A deployment's HTTP API. One object serves a whole process, any number of calls at a time.

    Values are as in `app.convex.deployment.values`. Every call raises

    * `ConvexError` when the function threw one, `FunctionFailed` when it threw anything else,
    * `Unauthenticated` when the token was refused,
    * `DeploymentUnavailable` when there was no answer within 10 s (2 s for a connection), or 429, or 5xx,
    * `DeploymentError` for any other refusal,
    * `ValueError` or `TypeError` for arguments that Convex cannot hold.

    Nothing is ever sent twice. When a mutation raises `DeploymentUnavailable`, its `maybe_applied` says whether it may
    have run all the same.
    """

    def __init__(
        self,
        url: str,
        *,
        connect_limit: float = CONNECT_LIMIT,
        call_limit: float = CALL_LIMIT,
        largest_answer: int = LARGEST_ANSWER,
    ) -> None:
        base = deployment_url(url)
        self._version_url = base / "version"
        self._urls = {kind: base / "api" / kind for kind in ("query", "mutation", "action")}
        self._timeout = aiohttp.ClientTimeout(total=call_limit, connect=connect_limit)
        self._largest_answer = largest_answer
        self._session: aiohttp.ClientSession | None = None
        self._closed = False
        self.on_answer: list[Callable[[], None]] = []
        """Called whenever a function has answered."""
        self.unsaved_at = float("-inf")
        """When (by the monotonic clock) a mutation last failed for want of disk space; reset by one that is saved."""

    async def query(self, path: str, args: Mapping[str, Any], *, token: str | None = None) -> Any:
        """Run the query `path` ("module:function")."""
        return await self._call("query", path, args, token)

    async def mutation(self, path: str, args: Mapping[str, Any], *, token: str | None = None) -> Any:
        """Run the mutation `path`. Give it an operation id: only that makes repeating it safe."""
        return await self._call("mutation", path, args, token)

    async def action(self, path: str, args: Mapping[str, Any], *, token: str | None = None) -> Any:
        """Run the action `path`."""
        return await self._call("action", path, args, token)

    async def version(self) -> str:
        """The answer to GET /version: a cheap check that the deployment runs."""
        status, headers, body = await self._request("GET", self._version_url)
        if status != 200:
            raise refusal(status, headers, body, repeatable=True)
        return body.decode(errors="replace").strip()

    async def close(self) -> None:
        self._closed = True
        if self._session:
            await self._session.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def _call(self, kind: str, path: str, args: Mapping[str, Any], token: str | None) -> Any:
        body = dumps({"path": path, "format": "convex_encoded_json", "args": orjson.Fragment(encode_args(args))})
        headers = {"Content-Type": "application/json"}
        if token is not None:
            headers["Authorization"] = f"Bearer {token}"
        repeatable = kind == "query"
        status, answer_headers, answer = await self._request(
            "POST", self._urls[kind], body, headers, repeatable=repeatable
        )
        if status in FUNCTION_ANSWERS:
            for tell in self.on_answer:
                tell()
            value = outcome(answer, path)
            if kind == "mutation":
                self.unsaved_at = float("-inf")
            return value
        error = refusal(status, answer_headers, answer, repeatable=repeatable)
        if error.code in UNSAVED:
            self.unsaved_at = time.monotonic()
        raise error

    async def _request(
        self,
        method: str,
        url: Any,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        *,
        repeatable: bool = True,
    ) -> tuple[int, Mapping[str, str], bytes]:
        try:
            session = self._connected()
            # aiohttp writes bytes at once, and a stream in parts, between which other tasks run.
            data = io.BytesIO(body) if body and len(body) > LARGE else body
            # A redirect would send the token to another host.
            async with session.request(method, url, data=data, headers=headers, allow_redirects=False) as answer:
                return answer.status, answer.headers, await self._read(answer)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise DeploymentUnavailable(f"cannot reach the deployment: {error}") from error
        except (aiohttp.ClientError, OSError) as error:
            what = f"no answer from the deployment: {type(error).__name__}"
            raise DeploymentUnavailable(what, maybe_applied=not repeatable) from error

    def _connected(self) -> aiohttp.ClientSession:
        # Here and not in __init__, since it needs the running loop.
        if self._closed:
            raise DeploymentUnavailable("the client is closed")
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=KEEP_ALIVE),
                cookie_jar=aiohttp.DummyCookieJar(),
                headers=HEADERS,
                timeout=self._timeout,
            )
        return self._session

    async def _read(self, answer: aiohttp.ClientResponse) -> bytes:
        parts, size = [], 0
        async for part in answer.content.iter_any():
            size += len(part)
            if size > self._largest_answer:
                answer.close()
                raise DeploymentError(f"the answer has more than {self._largest_answer} bytes", status=answer.status)
            parts.append(part)
        return b"".join(parts)
