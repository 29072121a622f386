"""Work that is for nobody but whoever asked: it ends when they go away."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from typing import Any, TypeVar

from starlette.requests import ClientDisconnect, Request

T = TypeVar("T")


@asynccontextmanager
async def there(request: Request, opening: AbstractAsyncContextManager[T]) -> AsyncIterator[T]:
    """Enters it; until then the client's going away cancels it. The request's body must have been read.

    Raises ClientDisconnect.
    """
    async with AsyncExitStack() as stack:
        yield await first(stack.enter_async_context(opening), request)


async def first(work: Coroutine[Any, Any, T], request: Request) -> T:
    entering, leaving = asyncio.ensure_future(work), asyncio.ensure_future(gone(request))
    try:
        await asyncio.wait((entering, leaving), return_when=asyncio.FIRST_COMPLETED)
        if not entering.done():
            raise ClientDisconnect()
        return entering.result()
    finally:
        for task in (entering, leaving):
            task.cancel()
        await asyncio.gather(entering, leaving, return_exceptions=True)


async def gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
