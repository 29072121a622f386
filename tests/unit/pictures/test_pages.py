"""How a part of a board is cut into sheets of paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Invalid
from app.pictures.pages import LARGEST, MOST, page, sheets

LENGTHS = st.floats(2, 5_000)


@given(LENGTHS, LENGTHS, st.floats(-1e6, 1e6), st.sampled_from(["a4", "letter"]))
def test_sheets_cover_the_drawing_and_none_is_beside_it(wide: float, high: float, x: float, paper: str) -> None:
    box = (x, -x, x + wide, -x + high)
    boxes = [sheet.box for sheet in sheets(box, paper)]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    assert min(lefts) <= box[0] + 1e-6
    assert min(tops) <= box[1] + 1e-6
    assert max(rights) >= box[2] - 1e-6
    assert max(bottoms) >= box[3] - 1e-6
    for left, top, right, bottom in boxes:
        assert left < box[2]
        assert top < box[3]
        assert right > box[0]
        assert bottom > box[1]


def test_sheets_come_row_by_row_and_touch() -> None:
    boxes = [sheet.box for sheet in sheets((0, 0, 1500, 2000), "a4")]
    assert [(round(left), round(top)) for left, top, _, _ in boxes] == [
        (-44, -123),
        (750, -123),
        (-44, 1000),
        (750, 1000),
    ]
    assert boxes[0][2] == pytest.approx(boxes[1][0])
    assert boxes[0][3] == pytest.approx(boxes[2][1])


def test_a_hundred_sheets_are_the_most() -> None:
    assert len(sheets((0, 0, 7_900, 11_200), "a4")) == MOST
    with pytest.raises(Invalid, match=r"would take 4,\d\d\d,\d\d\d sheets of Letter"):
        sheets((-1e6, -1e6, 1e6, 1e6), "letter")


def test_a_page_is_no_larger_than_programs_show() -> None:
    assert page((0, 0, 1000, 400))[2:] == (750, 300)
    assert page((-1e6, 0, 1e6, 1e6))[2:] == (LARGEST, LARGEST / 2)
