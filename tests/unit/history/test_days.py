"""What happened, under the days on which it did."""

from datetime import datetime
from zoneinfo import ZoneInfo

from app.convex.history_records import Sitting, Version
from app.history.days import days, within

UTC, BERLIN = ZoneInfo("UTC"), ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)


def ts(day: int, hour: int, minute: int = 0, month: int = 12) -> int:
    return int(datetime(2026, month, day, hour, minute, tzinfo=UTC).timestamp()) * 10**9


def sitting(start: int, end: int) -> Sitting:
    return Sitting("u", "0", "Ana", start, end, 1, [])


def test_a_day_begins_at_midnight_of_the_readers_clock() -> None:
    late = sitting(ts(30, 23, 10, month=11), ts(30, 23, 20, month=11))
    assert [day.heading for day in days([late], [], UTC, NOW.timestamp())] == ["Yesterday"]
    assert [day.heading for day in days([late], [], BERLIN, NOW.timestamp())] == ["Today"]
    assert days([late], [], BERLIN, NOW.timestamp())[0].entries[0].time == "00:10 – 00:20"


def test_a_version_stands_right_above_the_sitting_that_it_is_the_end_of() -> None:
    one, two = sitting(ts(1, 8), ts(1, 9)), sitting(ts(1, 10), ts(1, 11, 55))
    version = Version("v", one.end, "Before", "Ana")
    (day,) = days([two, one], [version], UTC, NOW.timestamp())
    assert [entry.version for entry in day.entries] == [None, version, None]
    assert [(entry.time, entry.running) for entry in day.entries] == [
        ("10:00 – now", True),
        ("09:00", False),
        ("08:00 – 09:00", False),
    ]


def test_each_version_is_on_one_page() -> None:
    sittings = [sitting(ts(1, 10), ts(1, 11)), sitting(ts(1, 8), ts(1, 9))]
    named = [Version(f"{hour}", ts(1, hour), "n", "Ana") for hour in (12, 11, 10, 9, 7)]
    first = within(named, sittings[:1], None, last=False)
    second = within(named, sittings[1:], str(sittings[0].end), last=True)
    assert [one.id for one in first] == ["12", "11"]
    assert [one.id for one in second] == ["10", "9", "7"]
