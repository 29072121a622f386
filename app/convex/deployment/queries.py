"""The query set: the live queries of this session."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

import orjson

from app.convex.deployment.errors import FunctionFailed, convex_error
from app.convex.deployment.values import decode, encode_args


class Reader(Protocol):
    """Receives a query's results."""

    late: bool
    """A late reader gets a Transition only after all other readers."""

    def take(self, value: Any, error: Exception | None, ts: int) -> None:
        """A new result: a value, or the error that the function ended with."""

    def end(self, error: Exception) -> None:
        """There will be no more results."""


@dataclass(slots=True, eq=False)
class Subscription:
    """One query with its arguments. Its id is never used again in this session."""

    id: int
    path: str
    args: bytes
    reader: Reader
    journal: str | None = None


class QuerySet:
    """Collects changes: all additions and removals of one turn are one ModifyQuerySet."""

    def __init__(self) -> None:
        self.version = 0
        self._next_id = 0
        self._wanted: dict[int, Subscription] = {}
        self._adds: dict[int, Subscription] = {}
        self._removes: list[int] = []

    def add(self, path: str, args: Mapping[str, Any], reader: Reader) -> Subscription:
        """Raises ValueError or TypeError for arguments that Convex cannot hold."""
        subscription = Subscription(self._next_id, path, encode_args(args), reader)
        self._next_id += 1
        self._wanted[subscription.id] = self._adds[subscription.id] = subscription
        return subscription

    def remove(self, subscription: Subscription) -> None:
        """From now on its reader gets no result."""
        if self._wanted.pop(subscription.id, None) and not self._adds.pop(subscription.id, None):
            self._removes.append(subscription.id)

    def reopen(self) -> None:
        """On a new connection: add everything again, each with its journal so that pages keep their ends."""
        self.version = 0
        self._adds = dict(self._wanted)
        self._removes = []

    def modification(self) -> dict[str, Any] | None:
        """The ModifyQuerySet message to send, if there is anything to modify."""
        if not self._adds and not self._removes:
            return None
        modifications = [_add(subscription) for subscription in self._adds.values()]
        modifications += [{"type": "Remove", "queryId": id} for id in self._removes]
        self._adds, self._removes = {}, []
        self.version += 1
        return {
            "type": "ModifyQuerySet",
            "baseVersion": self.version - 1,
            "newVersion": self.version,
            "modifications": modifications,
        }

    def apply(self, modifications: Iterable[dict[str, Any]], ts: int) -> None:
        """Hand a Transition's results to their readers: all, or none and ValueError, KeyError or TypeError."""
        results = [
            (subscription, change.get("journal"), *_result(change))
            for change in modifications
            if change["type"] != "QueryRemoved" and (subscription := self._wanted.get(change["queryId"]))
        ]
        for subscription, journal, _, _ in results:
            subscription.journal = journal
        for late in (False, True):
            for subscription, _, value, error in results:
                if subscription.reader.late is late:
                    subscription.reader.take(value, error, ts)

    def end(self, error: Exception, *, only_late: bool = False) -> None:
        """Tell the readers that nothing more will come."""
        for subscription in list(self._wanted.values()):
            if subscription.reader.late or not only_late:
                self.remove(subscription)
                subscription.reader.end(error)


def _add(subscription: Subscription) -> dict[str, Any]:
    message = {
        "type": "Add",
        "queryId": subscription.id,
        "udfPath": subscription.path,
        "args": [orjson.Fragment(subscription.args)],
    }
    if subscription.journal is not None:
        message["journal"] = subscription.journal
    return message


def _result(change: dict[str, Any]) -> tuple[Any, Exception | None]:
    if change["type"] == "QueryUpdated":
        return decode(change["value"]), None
    if "errorData" in change:
        return None, convex_error(change["errorMessage"], decode(change["errorData"]))
    return None, FunctionFailed(change["errorMessage"])
