"""A board at any moment: what folding the log from its start gives, wherever the fold begins."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import Invalid
from app.history import checkpoints
from app.history.checkpoints import Checkpoints
from app.history.fold import Fold
from app.history.moments import Moments
from app.hub import Hubs
from app.hub.access import Access
from tests.unit.feed import MemoryBoard, arrow
from tests.unit.history.shelf import MemoryShelf

IDS = "abcdef"


class Board:
    """All that Moments need of a hub."""

    board_id = "b"
    access = Access("A board", "private", False, {})


def at(moments: Moments, ts: int) -> Any:
    return moments.at(Board(), ts)  # type: ignore[arg-type]


def naive(shelf: MemoryShelf, ts: int) -> dict[str, Any]:
    """What was on the board, by the rules of the log alone."""
    live: dict[str, Any] = {}
    gone: dict[str, Any] = {}
    for when, ops in shelf.rows_:
        for op in ops if when <= ts else ():
            match op["type"]:
                case "put":
                    live[op["shape"]["id"]] = op["shape"] | {"ts": when}
                case "patch":
                    live[op["id"]] = live[op["id"]] | op["set"] | {"ts": when}
                case "remove":
                    gone[op["id"]] = live.pop(op["id"])
                case "restore":
                    live[op["id"]] = gone.pop(op["id"]) | {"ts": when}
    return live


def shown(moment: Any) -> dict[str, Any]:
    return {shape.id: (shape.ts, shape.color, shape.x, shape.kind) for shape in moment.view.shapes()}


def expected(shelf: MemoryShelf, ts: int) -> dict[str, Any]:
    return {id: (one["ts"], one["color"], one["x"], one["kind"]) for id, one in naive(shelf, ts).items()}


def drawn(shelf: MemoryShelf, steps: list[tuple[str, str, int]]) -> None:
    """Those of the steps that make sense."""
    live: set[str] = set()
    gone: set[str] = set()
    for verb, id, number in steps:
        if verb == "put" and id not in gone:
            other = arrow(id, IDS[number % 6], None, x=float(number)) if number % 3 == 0 else None
            if other:
                del other["ts"]
            shelf.commit({"type": "put", "shape": other}) if other else shelf.put(id, x=float(number))
            live.add(id)
        elif verb == "patch" and id in live:
            shelf.commit({"type": "patch", "id": id, "set": {"x": float(number), "color": "red"}})
        elif verb == "remove" and id in live:
            shelf.commit({"type": "remove", "id": id})
            live.remove(id)
            gone.add(id)
        elif verb == "restore" and id in gone:
            shelf.commit({"type": "restore", "id": id})
            gone.remove(id)
            live.add(id)


steps = st.lists(
    st.tuples(st.sampled_from(["put", "patch", "remove", "restore"]), st.sampled_from(IDS), st.integers(0, 99)),
    max_size=60,
)


@settings(max_examples=60, deadline=None)
@given(steps, st.data())
async def test_every_moment_is_what_the_log_says(steps: list[tuple[str, str, int]], data: st.DataObject) -> None:
    shelf = MemoryShelf()
    drawn(shelf, steps)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(checkpoints, "APART", data.draw(st.integers(1, 9)))
        hubs = Hubs(MemoryBoard())
        await Checkpoints(shelf, hubs).write("b")  # type: ignore[arg-type]
        await hubs.drain()
    broken = data.draw(st.lists(st.sampled_from(sorted(shelf.checkpoints) or [0]), max_size=3))
    for ts in set(broken) & set(shelf.checkpoints):
        changes, body = shelf.checkpoints[ts]
        shelf.checkpoints[ts] = changes, body[: data.draw(st.integers(0, len(body) - 1))]
    moments = Moments(shelf, 20_000)  # type: ignore[arg-type]
    last = len(shelf.rows_) * 10
    for ts in data.draw(st.lists(st.integers(0, last), min_size=1, max_size=8)):
        assert shown(await at(moments, ts)) == expected(shelf, ts)


async def test_a_moment_is_drawn_as_if_it_were_the_only_one() -> None:
    shelf = MemoryShelf()
    drawn(shelf, [("put", "a", 1), ("put", "b", 3), ("put", "d", 5), ("patch", "d", 40), ("remove", "d", 0)])
    near = Moments(shelf, 20_000)  # type: ignore[arg-type]
    for ts in (20, 30, 40, 50, 30):
        alone = await at(Moments(shelf, 20_000), ts)  # type: ignore[arg-type]
        assert await (await at(near, ts)).view.pieces() == await alone.view.pieces()
        assert (await at(near, ts)).view.box() == alone.view.box()


async def test_a_moment_begins_at_the_last_one_shown_or_checkpoint() -> None:
    shelf = MemoryShelf()
    for number in range(20):
        shelf.put(f"s{number}")
    moments = Moments(shelf, 20_000)  # type: ignore[arg-type]
    await at(moments, 50)
    await at(moments, 70)
    await at(moments, 55)
    assert shelf.asked == ["5 rows", "2 rows"]
    shelf.asked.clear()
    shelf.checkpoints[150] = 15, b"not a checkpoint"
    assert len((await at(moments, 200)).view) == 20
    assert shelf.asked == ["checkpoint 150", "13 rows"]


async def test_moments_of_data_that_was_put_back_are_forgotten() -> None:
    shelf = MemoryShelf()
    for number in range(5):
        shelf.put(f"s{number}")
    moments = Moments(shelf, 20_000)  # type: ignore[arg-type]
    assert len((await at(moments, 50)).view) == 5
    del shelf.rows_[2:]
    shelf.rows_.append((60, [{"type": "remove", "id": "s0"}]))
    assert set(shown(await at(moments, 60))) == {"s1"}


async def test_a_moment_to_come_is_none() -> None:
    shelf = MemoryShelf()
    shelf.put("a")
    with pytest.raises(Invalid) as refused:
        await at(Moments(shelf, 20_000), 11)  # type: ignore[arg-type]
    assert (refused.value.field, refused.value.limit) == ("at", "10")


def test_a_fold_leaves_the_one_alone_that_it_goes_on_from() -> None:
    shelf = MemoryShelf()
    drawn(shelf, [("put", "a", 1), ("remove", "a", 0), ("restore", "a", 0)])
    first = Fold()
    first.apply(shelf.rows_[:1])
    second = Fold(first.live, first.gone)
    second.apply(shelf.rows_[1:2])
    assert (set(first.live), set(second.live), set(second.gone)) == ({"a"}, set(), {"a"})
