"""Calls over HTTP, each as the person of its token."""

import re
import time
from collections.abc import Callable, Mapping
from typing import Any, Self

import orjson

from app.convex.deployment.answers import outcome, refusal
from app.convex.deployment.client import HEADERS, deployment_url
from app.convex.deployment.errors import DeploymentError, DeploymentUnavailable
from app.convex.deployment.line import Answer, TooLong
from app.convex.deployment.lines import Lines, Unreachable
from app.convex.deployment.values import dumps, encode_args

CONNECTIONS = 100
CONNECT_LIMIT = 2.0  # s to get a connection, waiting for a free one included
CALL_LIMIT = 10.0  # s for a whole call
KEEP_ALIVE = 4.0  # s; less than Node's 5 s, so that we never write to a connection that Node is closing
LARGEST_ANSWER = 32 * 2**20  # bytes; Convex's own limit is 16 MiB before encoding
UNSAVED = ("StorageFull", "StorageFailed")  # codes of a deployment that cannot write to its disk
TOKEN = re.compile(r"[\x21-\x7e]*")
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
        self._path = base.raw_path.rstrip("/")
        headers = {"Host": base.host_port_subcomponent, "Accept": "*/*", "User-Agent": "easel", **HEADERS}
        self._headers = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        self._lines = Lines(
            base,
            most=CONNECTIONS,
            kept=KEEP_ALIVE,
            connect_limit=connect_limit,
            call_limit=call_limit,
            largest=largest_answer,
        )
        self._largest = largest_answer
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
        answer = await self._request("GET", "/version", repeatable=True)
        if answer.status != 200:
            raise refusal(answer.status, answer.headers, answer.body, repeatable=True)
        return answer.body.decode(errors="replace").strip()

    async def close(self) -> None:
        self._closed = True
        self._lines.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def _call(self, kind: str, path: str, args: Mapping[str, Any], token: str | None) -> Any:
        body = dumps({"path": path, "format": "convex_encoded_json", "args": orjson.Fragment(encode_args(args))})
        if token is not None and not TOKEN.fullmatch(token):
            raise ValueError("the token cannot stand in a header")
        who = f"Authorization: Bearer {token}\r\n" if token is not None else ""
        repeatable = kind == "query"
        answer = await self._request("POST", f"/api/{kind}", body, who, repeatable=repeatable)
        if answer.status in FUNCTION_ANSWERS:
            for tell in self.on_answer:
                tell()
            value = outcome(answer.body, path)
            if kind == "mutation":
                self.unsaved_at = float("-inf")
            return value
        error = refusal(answer.status, answer.headers, answer.body, repeatable=repeatable)
        if error.code in UNSAVED:
            self.unsaved_at = time.monotonic()
        raise error

    async def _request(
        self, method: str, path: str, body: bytes = b"", headers: str = "", *, repeatable: bool
    ) -> Answer:
        """A redirect is an answer like any other: following it would send the token to another host."""
        if self._closed:
            raise DeploymentUnavailable("the client is closed")
        kind = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n" if body else ""
        head = f"{method} {self._path}{path} HTTP/1.1\r\n{self._headers}{headers}{kind}\r\n"
        try:
            return await self._lines.ask(head.encode() + body)
        except Unreachable as error:
            raise DeploymentUnavailable(f"cannot reach the deployment: {error}") from error
        except TooLong as error:
            raise DeploymentError(f"the answer has more than {self._largest} bytes", status=error.status) from error
        except OSError as error:
            what = f"no answer from the deployment: {type(error).__name__}"
            raise DeploymentUnavailable(what, maybe_applied=not repeatable) from error
