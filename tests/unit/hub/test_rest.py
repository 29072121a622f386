"""When a board has come to rest."""

from app.hub.rest import LONGEST, REST, Rest


def told(changes: dict[int, int], until: int) -> list[int]:
    """The seconds at which it says so, if the board gets each of these ts at that second."""
    rest, ts, seconds = Rest(), 0, []
    for now in range(until):
        ts = changes.get(now, ts)
        if rest.tick(float(now), ts):
            seconds.append(now)
    return seconds


def test_it_says_so_once_after_each_rest() -> None:
    assert told({0: 1, 3: 2, 30: 3}, 100) == [3 + REST, 30 + REST]


def test_a_board_that_is_opened_rests_without_a_change() -> None:
    assert told({}, 100) == [REST]


def test_who_draws_for_long_does_not_keep_it_from_saying_so() -> None:
    assert told({second: second for second in range(0, 200, 2)}, 150) == [LONGEST, 2 * LONGEST + 2]
