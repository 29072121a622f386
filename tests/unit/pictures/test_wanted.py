"""What somebody may want of a picture, and how large it gets."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from app.errors import Invalid
from app.pictures.extent import USUAL, extent
from app.pictures.wanted import MAX_PIXELS, MAX_SIDE, Wanted

SIDES = st.floats(min_value=1, max_value=4e6)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"scale": 0.5}, "must be a number from 1 to 4"),
        ({"scale": "4.1"}, "must be a number from 1 to 4"),
        ({"scale": "nan"}, "scale"),
        ({"width": 0}, "must be a whole number from 1 to 16384"),
        ({"width": 16_385}, "must be a whole number from 1 to 16384"),
        ({"width": 10, "scale": 1}, "cannot be given with scale"),
        ({"theme": "night"}, "must be light or dark"),
        ({"background": "red"}, "must be none"),
        ({"frame": "a b"}, "frame"),
        ({"shapes": [""]}, "1 to 500 ids"),
        ({"shapes": ["a,,b"]}, "1 to 500 ids"),
        ({"shapes": [",".join(["a"] * 501)]}, "1 to 500 ids"),
        ({"shapes": ["a", "b"]}, "given once"),
        ({"sacle": 2}, "sacle"),
    ],
)
def test_what_is_wrong_is_named_with_what_is_allowed(given: dict[str, Any], words: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Wanted.model_validate(given)
    assert words in str(refused.value)


def test_ids_come_with_commas_between() -> None:
    assert Wanted.model_validate({"shapes": ["a,b-1,c_"]}).shapes == ["a", "b-1", "c_"]


@given(width=SIDES, height=SIDES)
def test_a_picture_without_a_size_is_never_too_large(width: float, height: float) -> None:
    found = extent((-5.0, 7.0, width - 5.0, height + 7.0), Wanted())
    assert 1 <= found.width <= MAX_SIDE
    assert 1 <= found.height <= MAX_SIDE
    assert found.width * found.height <= USUAL + found.width + found.height


@given(width=SIDES, height=SIDES, wanted=st.integers(1, MAX_SIDE))
def test_a_picture_has_the_wanted_width_or_a_width_that_fits_is_named(width: float, height: float, wanted: int) -> None:
    box = (0.0, 0.0, width, height)
    try:
        found = extent(box, Wanted(width=wanted))
    except Invalid as refused:
        narrower = int(refused.limit or 0)
        found = extent(box, Wanted(width=narrower or None))
        wanted = min(narrower or found.width, wanted)
    assert found.width == wanted
    assert found.width * found.height <= MAX_PIXELS + found.width + found.height
    left, top, right, bottom = found.box
    assert (right - left) / (bottom - top) == pytest.approx(found.width / found.height, rel=1e-3)
    assert right >= width * (1 - 1e-6)
    assert bottom >= height * (1 - 1e-6)


@pytest.mark.parametrize(("scale", "size"), [(1, (100, 51)), (2, (200, 101)), (4, (400, 202)), (1.5, (150, 76))])
def test_a_scale_is_px_for_each_of_the_board(scale: float, size: tuple[int, int]) -> None:
    assert extent((0.0, 0.0, 100.0, 50.5), Wanted(scale=scale))[:2] == size


def test_a_scale_that_is_too_large_names_a_width_that_is_not() -> None:
    with pytest.raises(Invalid, match=r"scale: this picture would have 40,000 × 4,000 px.*ask for width=16384 or less"):
        extent((0.0, 0.0, 10_000.0, 1_000.0), Wanted(scale=4))
