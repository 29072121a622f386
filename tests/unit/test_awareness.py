from contextlib import suppress

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.errors import Gap
from app.hub.awareness import (
    FIRST,
    GESTURE,
    LIFE,
    MAX_ALL,
    MAX_PAGES,
    MAX_PUBLISHED,
    MAX_WET,
    MAX_WET_POINTS,
    Awareness,
)
from app.hub.wet import WINDOW

ANA, BEN = "a" * 16 + ".1", "b" * 16 + ".1"


def ink(start: int, *points: float, id: str = "s1", **fields: object) -> dict[str, object]:
    return {"ink": {"id": id, "from": start, "points": list(points), "color": "red", "width": 2.0, **fields}}


def report(
    awareness: Awareness, what: dict[str, object], now: float = 0.0, key: str = ANA, seq: int | None = None
) -> None:
    awareness.report(key, "Ana", seq, what, now)


def points(awareness: Awareness, key: str = ANA) -> list[float]:
    pieces = awareness.state().get(key, {}).get("ink", [])
    return pieces[0]["points"] if pieces else []


# Readers


def test_only_what_changed_is_told_and_only_once() -> None:
    awareness = Awareness("here")
    report(awareness, {"cursor": [1, 2], "tool": "pen"})
    assert awareness.news() == {ANA: {"name": "Ana", "cursor": [1, 2], "tool": "pen"}}
    report(awareness, {"cursor": [3, 4], "tool": "pen"})
    assert awareness.news() == {ANA: {"cursor": [3, 4]}}
    report(awareness, {"cursor": [3, 4]})
    assert awareness.news() == {}
    report(awareness, {"cursor": None})
    assert awareness.news() == {ANA: {"cursor": None}}


def test_ink_is_appended_and_never_told_again() -> None:
    awareness = Awareness("here")
    report(awareness, ink(0, 0, 0, 1, 1))
    report(awareness, ink(2, 2, 2))
    told = awareness.news()[ANA]["ink"]
    assert told == [{"id": "s1", "color": "red", "width": 2.0, "from": 0, "points": [0, 0, 1, 1, 2, 2]}]
    report(awareness, ink(3, 3, 3))
    assert awareness.news() == {ANA: {"ink": [{"id": "s1", "from": 3, "points": [3, 3]}]}}


def test_ink_that_is_sent_twice_is_ink_once_and_a_gap_is_said() -> None:
    awareness = Awareness("here")
    report(awareness, ink(0, 0, 0, 1, 1, pressures=[0.1, 0.2]))
    report(awareness, ink(1, 1, 1, 2, 2, pressures=[0.2, 0.3]))
    with pytest.raises(Gap) as gap:
        report(awareness, {**ink(5, 9, 9), "cursor": [9, 9]})
    assert gap.value.limit == 3
    told = awareness.news()[ANA]
    assert (told["ink"][0]["points"], told["ink"][0]["pressures"]) == ([0, 0, 1, 1, 2, 2], [0.1, 0.2, 0.3])
    assert told["cursor"] == [9, 9]
    with pytest.raises(Gap):
        report(awareness, ink(1, 0, 0, id="never begun"))
    assert len(awareness.state()[ANA]["ink"]) == 1


def test_a_straight_line_whose_end_moves_is_told_from_where_it_differs() -> None:
    awareness = Awareness("here")
    report(awareness, ink(0, 0, 0, 1, 1, 5, 5))
    awareness.news()
    report(awareness, ink(1, 1, 1, 7, 9))
    assert awareness.news() == {ANA: {"ink": [{"id": "s1", "from": 2, "points": [7, 9]}]}}
    report(awareness, ink(2))
    assert points(awareness) == [0, 0, 1, 1]


def test_whoever_comes_late_gets_the_wet_strokes_whole() -> None:
    awareness = Awareness("here")
    report(awareness, ink(0, 0, 0, 1, 1))
    awareness.news()
    report(awareness, ink(2, 2, 2) | {"laser": {"id": "l", "from": 0, "points": [5, 5]}})
    awareness.news()
    state = awareness.state()[ANA]
    assert (state["name"], state["ink"][0]["points"]) == ("Ana", [0, 0, 1, 1, 2, 2])
    assert state["laser"] == [{"id": "l", "from": 0, "points": [5, 5]}]


def test_abandoned_ink_dries_and_saved_ink_is_left_to_its_change() -> None:
    awareness = Awareness("here")
    report(awareness, ink(0, 0, 0))
    awareness.news()
    report(awareness, {"ink": None})
    assert awareness.news() == {ANA: {"dry": ["s1"]}}
    report(awareness, ink(0, 0, 0, id="s2"))
    awareness.news()
    awareness.settle(["s2"])
    assert awareness.news() == {}
    assert "ink" not in awareness.state()[ANA]
    report(awareness, ink(1, 1, 1, id="s2"))  # was on its way meanwhile
    assert awareness.news() == {}


def test_a_drag_ends_silently_with_the_change_that_it_led_to() -> None:
    awareness = Awareness("here")
    report(awareness, {"drag": {"a": {"x": 1}, "b": {"x": 2}}})
    awareness.news()
    awareness.settle(["a", "b"])
    assert awareness.news() == {}
    assert "drag" not in awareness.state()[ANA]


def test_a_gesture_without_news_ends_and_so_at_last_does_the_page() -> None:
    awareness = Awareness("here")
    report(awareness, ink(0, 0, 0) | {"drag": {"a": {"x": 1}}})
    awareness.news()
    report(awareness, {"cursor": [1, 1]}, now=GESTURE)
    awareness.expire(GESTURE + 0.1)
    assert awareness.news() == {ANA: {"cursor": [1, 1], "drag": None, "dry": ["s1"]}}
    awareness.expire(GESTURE + LIFE + 0.1)
    assert awareness.news() == {ANA: None}
    assert awareness.state() == {}


def test_a_report_that_comes_late_is_passed_over() -> None:
    awareness = Awareness("here")
    report(awareness, {"cursor": [2, 2]}, seq=2)
    report(awareness, {"cursor": [1, 1]}, seq=1)
    assert awareness.state()[ANA]["cursor"] == [2, 2]


def test_who_leaves_takes_all_their_pages_along() -> None:
    awareness = Awareness("here")
    for key in (ANA, "a" * 16 + ".2", BEN):
        report(awareness, {"cursor": [1, 1]}, key=key)
    awareness.news()
    awareness.forget({"a" * 16})
    assert awareness.news() == {ANA: None, "a" * 16 + ".2": None}
    assert list(awareness.state()) == [BEN]


def test_pages_and_strokes_are_bounded() -> None:
    awareness = Awareness("here")
    for number in range(2 * MAX_PAGES):
        report(awareness, {"cursor": [1, 1]}, now=number, key=f"{'a' * 16}.{number}")
    assert len(awareness.state()) == MAX_PAGES
    for number in range(2 * MAX_WET):
        report(awareness, ink(0, 0, 0, id=f"s{number}"), now=100)
    assert len(awareness.state()[ANA]["ink"]) == MAX_WET
    for number in range(2 * MAX_ALL):
        report(awareness, {"cursor": [1, 1]}, now=200 + number, key=f"{number}.1")
    assert len(awareness.state()) == MAX_ALL


# Other processes


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


def test_what_a_dead_process_left_behind_is_shown_for_a_moment_only() -> None:
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


def test_a_late_process_asks_for_the_whole_stroke_and_gets_it() -> None:
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


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("ab"), st.integers(1, 4), st.booleans()), max_size=60))
def test_coalescing_and_routing_neither_lose_nor_double_anything(
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


def test_what_is_published_is_bounded_and_the_latest_come_first() -> None:
    awareness = Awareness("here")
    for number in range(20):
        long = [float(n) + 0.25 for n in range(10_000)]
        report(awareness, ink(0, *long), now=number, key=f"{number}.1")
    published = awareness.publish(20)
    assert len(published) <= MAX_PUBLISHED
    assert "19.1" in orjson.loads(published)
    assert "0.1" not in orjson.loads(published)


def test_an_oversized_page_keeps_nobody_else_from_being_published() -> None:
    awareness = Awareness("here")
    report(awareness, {"cursor": [1, 1]}, now=0, key=BEN)
    for id in ("s1", "s2"):
        long = [-900_000.25 - n for n in range(10_000)]
        report(awareness, ink(0, *long, id=id, pressures=[0.123456789] * 5_000), now=1, key=ANA)
    assert list(orjson.loads(awareness.publish(2))) == [BEN]


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(1, 4), st.booleans()), max_size=8))
def test_readers_get_a_pressure_for_each_point_of_ink_or_for_none(
    pieces: list[tuple[int, int, bool]],
) -> None:
    awareness = Awareness("here")
    drawn: list[float] = []
    pressed: list[float] = []
    for number, (start, count, pressures) in enumerate(pieces):
        piece = ink(start, *[float(number)] * 2 * count, pressures=[0.5] * count if pressures else [])
        with suppress(Gap):
            report(awareness, piece)
        for told in awareness.news().get(ANA, {}).get("ink", []):
            drawn[2 * told["from"] :] = told["points"]
            pressed[told["from"] :] = told.get("pressures", [])
    assert len(pressed) in (0, len(drawn) // 2)
    assert drawn == points(awareness)


def test_the_ink_of_a_page_is_bounded_and_the_oldest_goes_first() -> None:
    awareness = Awareness("here")
    for number in range(MAX_WET):
        report(awareness, ink(0, *[float(number)] * 8_000, id=f"s{number}"))
    wet = awareness.state()[ANA]["ink"]
    assert [piece["id"] for piece in wet] == [f"s{MAX_WET - 2}", f"s{MAX_WET - 1}"]
    assert sum(len(piece["points"]) // 2 for piece in wet) <= MAX_WET_POINTS
