import asyncio

from app.hub.cut_frame import PIECE, cut
from app.hub.mailbox import MAX_BYTES, MAX_FRAMES, SEND_LIMIT, Mailbox


def mailbox() -> Mailbox:
    return Mailbox(None, "html", "viewer")


async def read(mailbox: Mailbox) -> list[bytes]:
    return [bytes(piece) async for piece in mailbox.pieces()]


async def test_what_is_put_comes_out_in_order_and_together() -> None:
    box = mailbox()
    box.open([cut(b"1")])
    box.put(b"2")
    box.close(b"3")
    box.put(b"4")
    assert await read(box) == [b"123"]


async def test_a_waiting_reader_gets_the_very_bytes_that_were_put() -> None:
    box = mailbox()
    pieces = box.pieces()
    first = asyncio.ensure_future(anext(pieces))
    await asyncio.sleep(0)
    message = b"x" * 100
    box.put(message)
    assert await first is message


async def test_a_reader_who_takes_nothing_is_dropped_after_so_many_messages() -> None:
    box = mailbox()
    for _ in range(MAX_FRAMES):
        box.put(b"x")
    assert not box.closed
    box.put(b"x")
    assert box.closed
    assert await read(box) == []


async def test_or_after_so_many_bytes() -> None:
    box = mailbox()
    box.put(b"x" * MAX_BYTES)
    assert not box.closed
    box.put(b"x")
    assert box.closed
    assert await read(box) == []


async def test_a_first_frame_of_any_size_is_sent_in_pieces() -> None:
    box = mailbox()
    frame = bytes(3 * MAX_BYTES + 7)
    box.open([cut(frame)])
    box.close()
    pieces = await read(box)
    assert b"".join(pieces) == frame
    assert max(map(len, pieces)) == PIECE


async def test_a_piece_that_is_not_taken_in_time_is_overdue() -> None:
    box, now = mailbox(), asyncio.get_running_loop().time()
    assert not box.overdue(now + 2 * SEND_LIMIT)
    box.put(b"x" * 2 * PIECE)
    pieces = box.pieces()
    await anext(pieces)
    assert not box.overdue(now + SEND_LIMIT / 2)
    assert box.overdue(now + 2 * SEND_LIMIT)
    box.drop()
    assert [piece async for piece in pieces] == []


class Outlet:
    """A connection that takes frames while it is open."""

    def __init__(self) -> None:
        self.open = True
        self.taken: list[bytes] = []

    def __call__(self, frame: bytes) -> bool:
        if self.open:
            self.taken.append(frame)
        return self.open


async def level() -> tuple[Mailbox, Outlet, asyncio.Task[list[bytes]]]:
    """A mailbox whose reader has taken everything, and waits."""
    box, outlet = mailbox(), Outlet()
    box.outlet = outlet
    reading = asyncio.create_task(read(box))
    await asyncio.sleep(0)
    return box, outlet, reading


async def test_a_reader_who_keeps_up_gets_frames_at_once() -> None:
    box, outlet, reading = await level()
    for _ in range(2 * MAX_FRAMES):
        box.put(b"x")
    assert outlet.taken == [b"x"] * 2 * MAX_FRAMES
    box.close(b"last")
    assert await reading == [b"last"]


async def test_no_frame_passes_one_that_waits() -> None:
    box, outlet, reading = await level()
    outlet.open = False
    box.put(b"1")
    outlet.open = True
    box.put(b"2")
    await asyncio.sleep(0)
    box.put(b"3")
    box.close()
    assert (await reading, outlet.taken) == ([b"12"], [b"3"])


async def test_a_large_frame_goes_in_pieces_even_so() -> None:
    box, outlet, reading = await level()
    box.put(b"x" * (PIECE + 1))
    box.close()
    assert ([len(piece) for piece in await reading], outlet.taken) == ([PIECE, 1], [])


async def test_a_reader_who_is_gone_gets_nothing() -> None:
    box, outlet, reading = await level()
    reading.cancel()
    await asyncio.wait([reading])
    box.put(b"x")
    box.drop()
    box.put(b"x")
    assert outlet.taken == []
