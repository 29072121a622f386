"""Live queries, and queries that are run once."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, Self

from app.convex.deployment.queries import QuerySet
from app.convex.deployment.values import encode_args, same


class Watch:
    """A live query: an async iterator over its results, newest wins.

        async for value in watch: ...

    A reader that is slow skips what was replaced meanwhile; a result equal to the last one is not delivered again.
    Iterating raises `ConvexError` or `FunctionFailed` when the function failed; the watch goes on, and so may the
    caller, with a new `async for`. It ends when the watch or its client is closed. A loop that is cancelled loses
    nothing. The iterator is for one reader at a time; `latest` is for any number.
    """

    late = False

    def __init__(self, queries: QuerySet, changed: Callable[[], None], path: str, args: Mapping[str, Any]) -> None:
        self.ts = 0
        """The timestamp (ns) of the Transition that brought `latest`; 0 before the first."""
        self._queries = queries
        self._changed = changed
        self._result: tuple[Any, Exception | None] | None = None
        self._unread = asyncio.Event()
        self._closed = False
        self._subscription = queries.add(path, args, self)
        changed()

    @property
    def latest(self) -> Any:
        """The newest value. Raises LookupError before the first, and the function's error if it failed."""
        if self._result is None:
            raise LookupError(f"{self._subscription.path} has not answered yet")
        value, error = self._result
        if error is not None:
            # Otherwise the traceback grows with every reading of the same error.
            raise error.with_traceback(None)
        return value

    def move(self, args: Mapping[str, Any]) -> None:
        """Watch the same function with other arguments, in one step: the deployment never sees us without either.

        `latest` stays what it is until the first result for the new arguments.
        """
        if self._closed:
            raise RuntimeError("the watch is closed")
        old = self._subscription
        if encode_args(args) == old.args:
            return
        self._subscription = self._queries.add(old.path, args, self)
        self._queries.remove(old)
        self._changed()

    def close(self) -> None:
        """Stop watching; a running `async for` ends."""
        if not self._closed:
            self._queries.remove(self._subscription)
            self._changed()
            self._finish()

    def take(self, value: Any, error: Exception | None, ts: int) -> None:
        """A result from the query set."""
        if self._result is None or not _equal(self._result, (value, error)):
            self._result = value, error
            self.ts = ts
            self._unread.set()

    def end(self, error: Exception) -> None:  # noqa: ARG002
        """The client was closed."""
        self._finish()

    def _finish(self) -> None:
        self._closed = True
        self._unread.set()

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Any:
        while not self._unread.is_set():
            await self._unread.wait()
        if self._closed:
            raise StopAsyncIteration
        self._unread.clear()
        return self.latest


class Once:
    """The first result of a query."""

    late = True

    def __init__(self) -> None:
        self.result: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

    def take(self, value: Any, error: Exception | None, ts: int) -> None:  # noqa: ARG002
        if self.result.done():
            return
        if error is not None:
            self.result.set_exception(error)
        else:
            self.result.set_result(value)

    def end(self, error: Exception) -> None:
        if not self.result.done():
            self.result.set_exception(error)


def _equal(one: tuple[Any, Exception | None], other: tuple[Any, Exception | None]) -> bool:
    (value, error), (other_value, other_error) = one, other
    if error is None or other_error is None:
        return error is other_error and same(value, other_value)
    return repr(error) == repr(other_error) and same(vars(error), vars(other_error))
