"""The sync protocol without its socket: what to send, and what an incoming message means."""

import logging
import uuid
from dataclasses import dataclass
from typing import Any

from app.convex.deployment.chunks import Chunks
from app.convex.deployment.queries import QuerySet
from app.convex.deployment.requests import Requests
from app.convex.deployment.values import decode_ts, dumps, encode_ts, loads

logger = logging.getLogger(__name__)


class Disconnected(Exception):
    """The connection is over; the message says why."""

    floor = 0.0
    """The shortest wait, in seconds, before the next connection."""
    healthy = True
    """Whether the backoff starts again, if the connection had been good."""


class Refused(Disconnected):
    """The deployment ended the connection for a reason that may persist."""

    floor = 1.0
    healthy = False


class AuthRefused(Disconnected):
    """The deployment refused the token, or the token expired."""

    healthy = False


@dataclass(frozen=True, slots=True)
class Version:
    """A state of the client: query set, identity and time."""

    query_set: int = 0
    identity: int = 0
    ts: int = 0

    @classmethod
    def parse(cls, version: dict[str, Any]) -> "Version":
        return cls(version["querySet"], version["identity"], decode_ts(version["ts"]))


class SyncProtocol:
    """One session, which outlives its connections.

    `open` and `outgoing` give the messages to send, `receive` takes those that came, `lose` ends a connection.
    """

    def __init__(self) -> None:
        self.queries = QuerySet()
        self.requests = Requests()
        self.ts = 0
        self._session_id = str(uuid.uuid4())
        self._connections = 0
        self._close_reason = "InitialConnect"
        self._is_open = False
        self._version = self._goal = Version()
        self._identity = 0
        self._outbox: list[dict[str, Any]] = []
        self._chunks = Chunks()

    @property
    def caught_up(self) -> bool:
        """Whether this connection has answered every query that existed when it opened."""
        now, goal = self._version, self._goal
        return self._is_open and now.query_set >= goal.query_set and now.identity >= goal.identity

    def open(self, token: str | None) -> None:
        """Start a connection: Connect, Authenticate, then all queries."""
        connect: dict[str, Any] = {
            "type": "Connect",
            "sessionId": self._session_id,
            "connectionCount": self._connections,
            "lastCloseReason": self._close_reason,
            "clientTs": 0,
        }
        if self.ts:
            connect["maxObservedTimestamp"] = encode_ts(self.ts)
        self._connections += 1
        self._is_open = True
        self._version, self._identity = Version(), 0
        self._chunks.clear()
        self._outbox = [connect]
        if token is not None:
            self.authenticate(token)
        self.queries.reopen()
        if modification := self.queries.modification():
            self._outbox.append(modification)
        self._goal = Version(self.queries.version, self._identity)

    def authenticate(self, token: str) -> None:
        """Take on an identity, or renew it."""
        message = {"type": "Authenticate", "tokenType": "User", "value": token, "baseVersion": self._identity}
        self._outbox.append(message)
        self._identity += 1

    def outgoing(self) -> list[bytes]:
        """All messages to send now, in order."""
        messages, self._outbox = self._outbox, []
        if modification := self.queries.modification():
            messages.append(modification)
        messages += self.requests.messages()
        return [dumps(message) for message in messages]

    def receive(self, text: bytes | str) -> None:
        """Take one message. Raises Disconnected when the connection cannot go on after it."""
        try:
            self._dispatch(loads(text))
        except (LookupError, TypeError, ValueError, AttributeError, RecursionError) as error:
            raise Refused(f"BadMessage: {type(error).__name__}: {error}") from error

    def lose(self, reason: str) -> None:
        """The connection is over."""
        self._is_open = False
        self._close_reason = reason
        self.requests.lose(reason)

    def _dispatch(self, message: dict[str, Any]) -> None:
        match message["type"]:
            case "Transition":
                self._transition(message)
            case "TransitionChunk":
                if (text := self._chunks.add(message)) is not None:
                    self._transition(loads(text))
            case "MutationResponse":
                self.requests.answer(message)
            case "AuthError":
                raise AuthRefused(f"AuthError: {message['error']}")
            case "FatalError":
                raise Refused(f"FatalError: {message['error']}")
            case "Ping":
                pass
            case other:
                logger.debug("ignoring a message of type %s", other)

    def _transition(self, message: dict[str, Any]) -> None:
        start, end = Version.parse(message["startVersion"]), Version.parse(message["endVersion"])
        if start != self._version:
            raise Refused(f"StartVersionMismatch: expected {self._version}, got {start}")
        self.queries.apply(message["modifications"], end.ts)
        self._version = end
        self.ts = max(self.ts, end.ts)
        self.requests.reached(end.ts)
