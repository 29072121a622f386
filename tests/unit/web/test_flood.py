"""Bad news reported as noise: a line that anybody can cause fills no log."""

import logging

from app.web.flood import MINUTE, MOST, Flood


def test_a_kind_of_line_is_limited_and_the_rest_is_counted() -> None:
    now = 0.0
    flood = Flood(lambda: now)

    def passes(text: str, *args: object, name: str = "easel.hub") -> str | None:
        record = logging.LogRecord(name, logging.WARNING, "", 0, text, args, None)
        return record.getMessage() if flood.filter(record) else None

    heard = [passes("board %s: gone", n) for n in range(MOST + 7)]
    assert heard == [f"board {n}: gone" for n in range(MOST)] + [None] * 7
    assert passes("something else") == "something else"
    now = MINUTE
    assert passes("board %s: gone", "x") == "board x: gone (and 7 more like it were left out)"
    assert passes("board %s: gone", "y") == "board y: gone"


def test_made_up_kinds_take_bounded_memory() -> None:
    flood = Flood(lambda: 0.0)
    records = (logging.LogRecord("asyncio", logging.ERROR, "", 0, f"kind {n}", (), None) for n in range(5_000))
    assert sum(map(flood.filter, records)) == 1_000 + MOST
    assert len(flood._kinds) <= 1_000 + 1
