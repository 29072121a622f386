"""Mutations over the socket."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from app.convex.deployment.errors import DeploymentError, DeploymentUnavailable, FunctionFailed, convex_error
from app.convex.deployment.values import decode, decode_ts, encode_args


@dataclass(slots=True, eq=False)
class Request:
    """One mutation: waiting to be sent, sent, or committed at `ts` with `value` and not yet seen in a Transition."""

    id: int
    path: str
    args: bytes
    result: asyncio.Future[Any]
    sent: bool = False
    ts: int | None = None
    value: Any = None

    def fail(self, error: Exception) -> None:
        if not self.result.done():
            self.result.set_exception(error)


class Requests:
    """Sends each request once. If the connection is lost before the answer, the caller has to decide."""

    def __init__(self) -> None:
        self._next_id = 0
        self._open: dict[int, Request] = {}

    def add(self, path: str, args: Mapping[str, Any]) -> Request:
        """Raises ValueError or TypeError for arguments that Convex cannot hold."""
        encoded = encode_args(args)
        request = Request(self._next_id, path, encoded, asyncio.get_running_loop().create_future())
        self._next_id += 1
        self._open[request.id] = request
        return request

    def forget(self, request: Request) -> None:
        self._open.pop(request.id, None)

    def messages(self) -> list[dict[str, Any]]:
        """The Mutation messages that were not sent yet; they count as sent from here on."""
        messages = []
        for request in self._open.values():
            if not request.sent:
                request.sent = True
                messages.append(_mutation(request))
        return messages

    def answer(self, message: dict[str, Any]) -> None:
        """Take a MutationResponse: a failure ends the request, a success waits until its commit can be seen."""
        request = self._open.get(message["requestId"])
        if request is None:
            return
        if message["success"]:
            request.value, request.ts = decode(message["result"]), decode_ts(message["ts"])
        elif "errorData" in message:
            request.fail(convex_error(message["result"], decode(message["errorData"])))
        else:
            request.fail(FunctionFailed(message["result"]))

    def reached(self, ts: int) -> None:
        """The readers have taken everything up to `ts`."""
        for request in self._open.values():
            if request.ts is not None and request.ts <= ts and not request.result.done():
                request.result.set_result(request.value)

    def lose(self, reason: str) -> None:
        """The connection is lost, and with it all missing answers. Committed requests wait for the next one."""
        for request in self._open.values():
            if request.sent and request.ts is None:
                request.fail(DeploymentUnavailable(f"connection lost: {reason}", maybe_applied=True))

    def end(self, error: DeploymentError) -> None:
        """Fail all requests: unsent ones with this error, sent ones as maybe applied."""
        for request in self._open.values():
            request.fail(DeploymentUnavailable(str(error), maybe_applied=True) if request.sent else error)


def _mutation(request: Request) -> dict[str, Any]:
    return {
        "type": "Mutation",
        "requestId": request.id,
        "udfPath": request.path,
        "args": [orjson.Fragment(request.args)],
    }
