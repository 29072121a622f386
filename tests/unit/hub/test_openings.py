"""First frames that readers do not take hold no more memory than allowed."""

from app.hub.cut_frame import PIECE, CutFrame, cut
from app.hub.mailbox import Mailbox
from app.hub.openings import Openings

SIZE = 3 * PIECE


def frame() -> CutFrame:
    return cut(bytes(SIZE))


def reader(openings: Openings, *frames: CutFrame) -> Mailbox:
    mailbox = Mailbox(None, "html", "viewer")
    mailbox.open(frames)
    openings.add(mailbox)
    return mailbox


async def test_readers_of_one_frame_count_once() -> None:
    openings, shared = Openings(SIZE), frame()
    readers = [reader(openings, shared) for _ in range(100)]
    assert openings.size == SIZE
    assert not any(mailbox.closed for mailbox in readers)


async def test_the_readers_of_the_oldest_frames_are_dropped() -> None:
    openings, oldest = Openings(2 * SIZE), frame()
    old = [reader(openings, oldest) for _ in range(3)]
    new = [reader(openings, frame()) for _ in range(2)]
    assert all(mailbox.dropped for mailbox in old)
    assert not any(mailbox.dropped for mailbox in new)
    assert [piece async for piece in old[0].pieces()] == []
    assert openings.size == 2 * SIZE


async def test_a_frame_that_was_taken_does_not_count() -> None:
    openings = Openings(SIZE)
    first = reader(openings, frame())
    first.close()
    assert sum([len(piece) async for piece in first.pieces()]) == SIZE
    second = reader(openings, frame())
    assert not second.dropped
    assert openings.size == SIZE
    second.drop()
    openings.prune()
    assert openings.size == 0


async def test_a_reader_is_not_dropped_for_its_own_frames() -> None:
    openings = Openings(SIZE)
    mailbox = reader(openings, frame(), frame())
    assert not mailbox.dropped


async def test_small_frames_and_no_limit_drop_nobody() -> None:
    small = [reader(Openings(1), cut(b"x" * PIECE)) for _ in range(10)]
    unlimited = Openings()
    large = [reader(unlimited, frame()) for _ in range(10)]
    assert not any(mailbox.dropped for mailbox in small + large)


async def test_a_dropped_reader_holds_none_of_its_frames() -> None:
    mailbox = reader(Openings(), frame())
    pieces = mailbox.pieces()
    await anext(pieces)
    mailbox.drop()
    assert not mailbox._batch
    assert [piece async for piece in pieces] == []
