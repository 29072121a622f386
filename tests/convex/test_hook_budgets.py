"""What a note by an incoming hook costs on boards with very much on them."""

import pytest
from convex import ConvexError

from tests.convex.conftest import new_id
from tests.convex.metered import Metered, Somebody, Used
from tests.convex.sharing import hash_of, new_token

MOST, SLOTS = 100_000, 64


async def hook_on(guest: Somebody) -> tuple[str, str]:
    """A board, and the hash of its hook."""
    board = (await guest.call("boards:create", operationId=new_id(), title="Full"))["id"]
    secret = hash_of(new_token())
    await guest.call("hooks:create", operationId=new_id(), board=board, name="CI", hash=secret)
    return board, secret


async def sent(guest: Somebody, secret: str, **note: str) -> list[Used]:
    """Every call until the note is there."""
    args = {"hash": secret, "key": new_id(), "note": {"text": "Done", **note}}
    calls = [await guest.mutation("hooks:put", **args)]
    while calls[-1].value is None:
        calls.append(await guest.mutation("hooks:put", **args))
    return calls


async def test_a_note_among_ten_thousand_shapes_reads_few(metered: Metered, guest: Somebody) -> None:
    """The boxes around a place are found by their size and column, however many there are elsewhere."""
    board, secret = await hook_on(guest)
    await sent(guest, secret)
    box = {"boardId": board, "level": 6, "right": 0}
    rows = [
        {
            **box,
            "shapeId": f"s{n}",
            "column": -n // 200,
            "left": -64.0 * (n // 200),
            "top": 64.0 * n,
            "bottom": 64.0 * n,
        }
        for n in range(10_000)
    ]
    for start in range(0, len(rows), 2_000):
        await metered.seed("plots", rows[start : start + 2_000])
    (call,) = await sent(guest, secret)
    assert call.read <= 60
    assert call.written <= 20


async def test_a_board_is_looked_over_in_steps(guest: Somebody) -> None:
    board, secret = await hook_on(guest)
    look = {"color": "red", "x": 0, "y": 0, "rotation": 0, "opacity": 1, "group": "", "locked": False}
    note = {"kind": "note", **look, "w": 9, "h": 9, "text": "", "size": 8, "align": "left"}
    for _ in range(5):
        await guest.commit(board, new_id(), put=[{**note, "id": new_id()} for _ in range(200)])
    calls = await sent(guest, secret)
    assert len(calls) <= 12
    assert max(call.read for call in calls) <= 1_500
    assert calls[-1].value["note"]["x"] > 9


async def test_a_full_board_takes_no_note_and_says_so(metered: Metered, guest: Somebody) -> None:
    board, secret = await hook_on(guest)
    full = {"boardId": board, "shapes": MOST // 50, "at": 0}
    await metered.seed("counters", [full | {"slot": slot} for slot in range(SLOTS)])
    with pytest.raises(ConvexError) as refused:
        await sent(guest, secret)
    assert (refused.value.data["code"], refused.value.data["limit"]) == ("board_full", MOST)


async def test_a_frame_with_very_much_in_it_counts_as_full(metered: Metered, guest: Somebody) -> None:
    board, secret = await hook_on(guest)
    frame = {"kind": "frame", "color": "red", "x": 0, "y": 0, "rotation": 0, "opacity": 1, "group": "", "locked": False}
    await guest.commit(board, new_id(), put=[{**frame, "id": "f", "w": 900, "h": 900, "text": "In"}])
    await sent(guest, secret)
    box = {"boardId": board, "level": 6, "column": 0, "left": 20, "top": 20, "right": 21, "bottom": 21}
    await metered.seed("plots", [{**box, "shapeId": f"s{n}"} for n in range(2_000)])
    with pytest.raises(ConvexError) as refused:
        await sent(guest, secret, frame="in")
    assert (refused.value.data["code"], refused.value.data["field"]) == ("conflict", "frame")
