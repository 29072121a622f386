"""Pages of a person's boards, as they are read from Convex."""

from collections.abc import Mapping
from typing import Any

import pytest

from app import errors
from app.auth import Viewer
from app.convex.cards import Cards
from app.convex.deployment import FunctionFailed

ANA = Viewer("https://guest.easel.invalid", "ana", "Ana", "ana's token", 0)
BOARD = {"id": "b", "title": "Plan", "role": "owner", "updatedAt": 1.5e12, "openedAt": 1.5e12, "starred": True}
CARD = {**BOARD, "editor": "Ben", "member": True, "people": [{"id": "1f", "name": "Cleo", "color": 5.0}], "here": 1.0}


class Deployment:
    """Answers one call after the other, and remembers them."""

    def __init__(self, *answers: Any) -> None:
        self.answers = list(answers)
        self.calls: list[tuple[str, dict[str, Any]]] = []

    async def query(self, path: str, args: Mapping[str, Any], *, token: str | None = None) -> Any:
        assert token == ANA.token
        self.calls.append((path, dict(args)))
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer

    mutation = query


def page(count: int, cursor: str | None, *, complete: bool = True) -> dict[str, Any]:
    ends = {"isDone": cursor is None, "continueCursor": cursor or ""}
    return {"page": [CARD] * count, "complete": complete, **ends}


async def test_a_card_has_whole_numbers_and_the_people_who_are_there() -> None:
    found = await Cards(Deployment(page(1, None))).page(ANA)  # type: ignore[arg-type]
    [board] = found.boards
    assert (board.updatedAt, board.openedAt, board.here) == (1_500_000_000_000, 1_500_000_000_000, 1)
    assert (board.editor, board.people[0].name, board.people[0].hue) == ("Ben", "Cleo", 5)
    assert isinstance(board.updatedAt, int)


async def test_a_page_with_gaps_is_filled_and_ends_with_a_cursor_or_none() -> None:
    for ends, cursor in ((("a", "b", None), None), (("a", "b", "c"), "c")):
        deployment = Deployment(*(page(12, end) for end in ends))
        found = await Cards(deployment).page(ANA, "starred", "title", "here", "plan")  # type: ignore[arg-type]
        assert (len(found.boards), found.cursor) == (36, cursor)
        assert [call["paginationOpts"]["cursor"] for _, call in deployment.calls] == ["here", "a", "b"]
        assert {(call["section"], call["sort"], call["search"]) for _, call in deployment.calls} == {
            ("starred", "title", "plan")
        }


async def test_boards_of_an_earlier_version_are_gathered_first() -> None:
    deployment = Deployment(page(0, None, complete=False), 7.0, None, page(2, None))
    assert len((await Cards(deployment).page(ANA)).boards) == 2  # type: ignore[arg-type]
    assert [(path, args.get("after")) for path, args in deployment.calls] == [
        ("cards:list", None),
        ("cards:gather", 0.0),
        ("cards:gather", 7.0),
        ("cards:list", None),
    ]


async def test_a_cursor_that_is_none_is_invalid_and_a_failure_is_not() -> None:
    with pytest.raises(errors.Invalid) as refused:
        await Cards(Deployment(FunctionFailed("InvalidCursor"))).page(ANA, cursor="nonsense")  # type: ignore[arg-type]
    assert refused.value.field == "cursor"
    with pytest.raises(errors.Unavailable):
        await Cards(Deployment(FunctionFailed("InvalidCursor"))).page(ANA)  # type: ignore[arg-type]
