"""What readers see of the pages on a board."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Gap
from app.hub.presence.awareness import (
    GESTURE,
    LIFE,
    MAX_ALL,
    MAX_PAGES,
    Awareness,
)
from app.hub.presence.page import MAX_WET, MAX_WET_POINTS
from tests.unit.hub.presence.reports import ANA, BEN, ink, points, report


def test_only_what_changed_is_sent_and_only_once() -> None:
    awareness = Awareness("here")
    report(awareness, {"cursor": [1, 2], "tool": "pen"})
    assert awareness.news() == {ANA: {"name": "Ana", "cursor": [1, 2], "tool": "pen"}}
    report(awareness, {"cursor": [3, 4], "tool": "pen"})
    assert awareness.news() == {ANA: {"cursor": [3, 4]}}
    report(awareness, {"cursor": [3, 4]})
    assert awareness.news() == {}
    report(awareness, {"cursor": None})
    assert awareness.news() == {ANA: {"cursor": None}}


def test_ink_is_appended_and_never_sent_again() -> None:
    awareness = Awareness("here")
    report(awareness, ink(0, 0, 0, 1, 1))
    report(awareness, ink(2, 2, 2))
    told = awareness.news()[ANA]["ink"]
    assert told == [{"id": "s1", "color": "red", "width": 2.0, "from": 0, "points": [0, 0, 1, 1, 2, 2]}]
    report(awareness, ink(3, 3, 3))
    assert awareness.news() == {ANA: {"ink": [{"id": "s1", "from": 3, "points": [3, 3]}]}}


def test_ink_sent_twice_counts_once_and_a_gap_is_refused() -> None:
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


def test_a_straight_line_whose_end_moves_is_sent_from_where_it_differs() -> None:
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


def test_discarded_ink_dries_and_saved_ink_is_left_to_its_change() -> None:
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


def test_a_gesture_without_reports_ends_and_later_its_page() -> None:
    awareness = Awareness("here")
    report(awareness, ink(0, 0, 0) | {"drag": {"a": {"x": 1}}})
    awareness.news()
    report(awareness, {"cursor": [1, 1]}, now=GESTURE)
    awareness.expire(GESTURE + 0.1)
    assert awareness.news() == {ANA: {"cursor": [1, 1], "drag": None, "dry": ["s1"]}}
    awareness.expire(GESTURE + LIFE + 0.1)
    assert awareness.news() == {ANA: None}
    assert awareness.state() == {}


def test_a_late_report_is_ignored() -> None:
    awareness = Awareness("here")
    report(awareness, {"cursor": [2, 2]}, seq=2)
    report(awareness, {"cursor": [1, 1]}, seq=1)
    assert awareness.state()[ANA]["cursor"] == [2, 2]


def test_a_report_that_was_overtaken_is_in_the_one_that_overtook_it() -> None:
    awareness = Awareness("here")
    report(awareness, ink(0, 0, 0, 1, 1), seq=1)
    awareness.news()
    report(awareness, {**ink(1, 1, 1, 2, 2, 3, 3), "tool": "pen", "cursor": [3, 3]}, seq=3)
    report(awareness, {**ink(1, 1, 1, 2, 2), "tool": "pen"}, seq=2)
    told = {"tool": "pen", "cursor": [3, 3], "ink": [{"id": "s1", "from": 2, "points": [2, 2, 3, 3]}]}
    assert awareness.news() == {ANA: told}


def test_somebody_who_leaves_takes_all_their_pages_along() -> None:
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


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(1, 4), st.booleans()), max_size=8))
def test_ink_has_a_pressure_for_each_point_or_none(
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
