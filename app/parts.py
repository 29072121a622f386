"""What the application is made of: one object of each class, complete before the first request and fixed then."""

from collections.abc import Awaitable, Callable
from types import MappingProxyType
from typing import TypeVar, cast

from starlette.requests import HTTPConnection, Request

T = TypeVar("T")


class Parts:
    def __init__(self, *parts: object) -> None:
        self._parts = MappingProxyType({type(part): part for part in parts})

    def extended(self, *parts: object) -> "Parts":
        return Parts(*self._parts.values(), *parts)

    def get(self, kind: type[T]) -> T | None:
        return cast(T | None, self._parts.get(kind))

    def __getitem__(self, kind: type[T]) -> T:
        return cast(T, self._parts[kind])


def parts(request: HTTPConnection) -> Parts:
    return cast(Parts, request.app.state.parts)


def part(kind: type[T]) -> Callable[[Request], Awaitable[T]]:
    """A dependency that finds the part of this class."""

    async def find(request: Request) -> T:
        return parts(request)[kind]

    return find
