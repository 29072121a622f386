"""The largest change, made in one piece for programs: others have their turn between its shapes."""

import asyncio
from typing import Any

import pytest

from app.hub.change import Change
from app.shapes import shape_of

POINTS = " ".join(["19999998 -19999998"] * 2_000)  # some 36 kB


def restored(number: int) -> Change:
    fields: dict[str, Any] = {
        "kind": "stroke",
        "color": "black",
        "x": 0,
        "y": 0,
        "rotation": 0,
        "width": 4,
        "opacity": 1,
    }
    shapes = [
        shape_of(
            {**fields, "id": f"s{n}", "points": POINTS, "author": "a", "z": 1.0, "group": "", "locked": False, "ts": 5}
        )
        for n in range(number)
    ]
    patch = {f"p{n}": {"points": POINTS, "color": "red"} for n in range(number)}
    return Change(5, "c", "a", "u", put=shapes, patch=patch, remove=["r"])


async def test_a_large_change_is_the_same_in_pieces() -> None:
    pieces, whole = restored(3), restored(3)
    await pieces.prepare()
    assert pieces.event == whole.event


@pytest.mark.parametrize("number", [5, 40])
async def test_the_event_loop_goes_on_between_the_shapes_of_a_large_change(number: int) -> None:
    turns, done = 0, False

    async def other() -> None:
        nonlocal turns
        while not done:
            turns += 1
            await asyncio.sleep(0)

    task = asyncio.create_task(other())
    change = restored(number)
    await change.prepare()
    done = True
    await task
    assert turns >= 2 * number
    turns_before = turns
    await change.prepare()  # it is made
    assert turns == turns_before
