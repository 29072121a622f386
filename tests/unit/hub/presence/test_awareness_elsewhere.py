"""What the other processes publish of their pages."""

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import Gap
from app.hub.presence.awareness import (
    FIRST,
    GESTURE,
    LIFE,
    MAX_PUBLISHED,
    Awareness,
)
from app.hub.presence.wet import WINDOW
from tests.unit.hub.presence.reports import ANA, BEN, ink, points, report


def test_a_page_whose_requests_come_through_two_processes_is_one_page() -> None:
    here, there = Awareness("here"), Awareness("there")
    report(here, ink(0, 0, 0, 1, 1) | {"tool": "pen"}, seq=1)
    there.take({"here": here.publish(0)}, 0)
    report(there, ink(2, 2, 2), seq=2)
    here.take({"there": there.publish(0.1)}, 0.1)
    for awareness in (here, there):
        assert awareness.state() == {ANA: {"name": "Ana", "tool": "pen", **ink_told(0, 0, 1, 1, 2, 2)}}
    assert here.publish(0.2) == ""
    assert there.publish(0.2)


def ink_told(*expected: float) -> dict[str, object]:
    return {"ink": [{"id": "s1", "color": "red", "width": 2.0, "from": 0, "points": list(expected)}]}


def test_what_is_gone_there_is_gone_here() -> None:
    here, there = Awareness("here"), Awareness("there")
    report(there, {"cursor": [1, 1]})
    here.take({"there": there.publish(0)}, 0)
    there.leave(ANA)
    here.take({"there": there.publish(1)} if there.publish(1) else {}, 1)
    assert here.state() == {}


def test_pages_of_a_dead_process_are_shown_for_a_moment_only() -> None:
    here, there = Awareness("here"), Awareness("there")
    report(there, {"cursor": [1, 1]})
    here.take({"there": there.publish(0)}, 100)
    here.expire(100 + FIRST + 0.1)
    assert here.state() == {}


def test_a_process_that_dies_takes_its_pages_along_by_our_own_clock() -> None:
    here, there = Awareness("here"), Awareness("there")
    here.take({"there": "{}"}, 0)
    report(there, {"cursor": [1, 1]} | ink(0, 0, 0))
    here.take({"there": there.publish(0)}, 100)
    here.expire(100 + GESTURE + 0.1)
    assert points(here) == []
    assert list(here.state()) == [ANA]
    here.expire(100 + LIFE + 0.1)
    assert here.state() == {}


def test_a_process_that_missed_points_gets_the_whole_stroke() -> None:
    here, there = Awareness("here"), Awareness("there")
    report(there, ink(0, 0, 0))
    there.publish(0)
    for second in range(1, 10):
        report(there, ink(second, second, second), now=second)
        there.publish(second)
    here.take({"there": there.publish(10)}, 10)
    assert here.missed
    assert points(here) == []
    there.ask_whole(10)
    here.take({"there": there.publish(10.1)}, 10.1)
    assert points(here) == points(there)


def test_an_end_that_moves_after_a_rest_reaches_other_processes() -> None:
    here, there = Awareness("here"), Awareness("there")
    report(there, ink(0, 0, 0, 1, 1))
    for second in range(10):
        here.take({"there": there.publish(second)}, second)
        report(there, ink(1, 1, 1), now=second)
    report(there, ink(1, 2, 2, 3, 3), now=10)
    here.take({"there": there.publish(10)}, 10)
    assert points(here) == [0, 0, 2, 2, 3, 3]


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 4), st.booleans()), max_size=60))
def test_no_point_is_lost_or_doubled_whatever_the_route(
    steps: list[tuple[str, int, bool]],
) -> None:
    """A stroke drawn through two processes; a third and both of them hear of the documents, some of them never."""
    fleet = {name: Awareness(name) for name in "abc"}
    documents: dict[str, str] = {}
    sent, now, seq = 0, 0.0, 0
    for name, count, delivered in steps:
        now += 0.1
        seq += 1
        piece = [float(n) for n in range(sent, sent + count) for _ in "xy"]
        try:
            report(fleet[name], ink(sent, *piece), now, seq=seq)
        except Gap as gap:  # as the page does
            known = int(gap.limit or 0)
            seq += 1
            again = [float(n) for n in range(known, sent + count) for _ in "xy"]
            report(fleet[name], ink(known, *again), now, seq=seq)
        sent += count
        for process in fleet:
            documents[process] = fleet[process].publish(now)
        if delivered:
            deliver(fleet, documents, now)
    for awareness in fleet.values():
        awareness.ask_whole(now)
    deliver(fleet, {name: awareness.publish(now) for name, awareness in fleet.items()}, now)
    expected = [float(n) for n in range(sent) for _ in "xy"]
    assert points(fleet["c"]) == expected
    assert max(points(fleet["a"]), points(fleet["b"]), key=len) == expected


def deliver(fleet: dict[str, Awareness], documents: dict[str, str], now: float) -> None:
    for awareness in fleet.values():
        awareness.take({process: text for process, text in documents.items() if text}, now)


def test_without_an_outage_no_stroke_is_published_whole_again() -> None:
    there = Awareness("there")
    for tick in range(100):
        report(there, ink(tick, tick, tick), now=tick / 10)
        there.publish(tick / 10)
    piece = orjson.loads(there.publish(10))[ANA]["wet"][0]
    assert piece["from"] >= 100 - 10 * WINDOW - 2
    assert (piece["color"], piece["kind"]) == ("red", "ink")


def test_the_published_document_is_bounded_and_the_latest_come_first() -> None:
    awareness = Awareness("here")
    for number in range(20):
        long = [float(n) + 0.25 for n in range(10_000)]
        report(awareness, ink(0, *long), now=number, key=f"{number}.1")
    published = awareness.publish(20)
    assert len(published) <= MAX_PUBLISHED
    assert "19.1" in orjson.loads(published)
    assert "0.1" not in orjson.loads(published)


def test_a_page_too_large_to_publish_leaves_room_for_the_others() -> None:
    awareness = Awareness("here")
    report(awareness, {"cursor": [1, 1]}, now=0, key=BEN)
    for id in ("s1", "s2"):
        long = [-900_000.25 - n for n in range(10_000)]
        report(awareness, ink(0, *long, id=id, pressures=[0.123456789] * 5_000), now=1, key=ANA)
    assert list(orjson.loads(awareness.publish(2))) == [BEN]
