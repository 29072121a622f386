"""Tokens that count after signing out: what a process knows of the sessions that are over."""

import time

from app.auth import GUEST_ISSUER, Ended, Leases, Viewer
from app.auth import ended as module

CLERK = "https://example.accounts.dev"


def viewer(session: str | None, issuer: str = GUEST_ISSUER) -> Viewer:
    return Viewer(issuer, "ana", "Ana", "token", int(time.time()) + 60, session)


class Convex:
    """Its list, and what it was asked."""

    def __init__(self, *over: str) -> None:
        self.over = set(over)
        self.asked: list[str] = []

    async def ask(self, keys: list[str]) -> set[str]:
        self.asked += keys
        return self.over & set(keys)


async def test_a_session_is_asked_for_once() -> None:
    convex = Convex("two")
    ended = Ended(convex.ask)
    for _ in range(3):
        assert not await ended.has(viewer("one"))
        assert await ended.has(viewer("two"))
    assert convex.asked == ["one", "two"]


async def test_the_end_that_is_told_counts_at_once_and_once() -> None:
    ended = Ended(Convex().ask)
    assert not await ended.has(viewer("one"))
    ended.replace(["zero"])
    assert ended.replace(["one", "zero"]) == {"one"}
    assert await ended.has(viewer("one"))
    assert ended.replace(["one", "zero"]) == frozenset()


async def test_after_a_gap_in_the_list_everybody_is_asked_for_again() -> None:
    convex = Convex()
    ended = Ended(convex.ask)
    ended.replace(["zero"])
    assert not await ended.has(viewer("one"))
    convex.over = {"one"}
    ended.replace(["two", "three"])
    assert await ended.has(viewer("one"))


async def test_an_empty_list_makes_nobody_be_asked_for_again() -> None:
    convex = Convex()
    ended = Ended(convex.ask)
    assert not await ended.has(viewer("one"))
    convex.over = {"one"}
    ended.replace([])
    assert not await ended.has(viewer("one"))


async def test_an_end_told_while_convex_was_asked_is_not_forgotten() -> None:
    async def ask(keys: list[str]) -> set[str]:
        ended.replace(keys)
        return set()

    ended = Ended(ask)
    assert await ended.has(viewer("one"))


async def test_what_is_remembered_is_bounded() -> None:
    ended = Ended(Convex().ask)
    for n in range(module.REMEMBERED + 10):
        ended.add(str(n))
    assert len(ended._over) == module.REMEMBERED


async def test_an_account_ends_as_a_whole_and_a_guest_by_session() -> None:
    ended = Ended(Convex(f"{CLERK}|ana", f"{GUEST_ISSUER}|ana").ask)
    assert await ended.has(viewer("one", CLERK))
    assert not await ended.has(viewer("one"))
    assert await ended.has(viewer(None))


def test_the_end_of_a_guests_session_closes_its_streams_alone() -> None:
    leases, closed = Leases(), list[str | None]()
    for session in ("one", "two", None):
        leases.open(viewer(session), lambda session=session: closed.append(session))  # type: ignore[misc]
    leases.end("one")
    assert closed == ["one"]
    leases.end(f"{GUEST_ISSUER}|ana")
    assert closed == ["one", None]
