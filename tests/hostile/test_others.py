"""What measures the others: it notices a server that stands still for a second, and no single moment of the machine."""

import pytest

from tests.hostile.drawing import PACE
from tests.hostile.others import Strokes

CALM = [0.01] * 400


def test_calm_passes() -> None:
    Strokes(CALM[:20], CALM).check()


@pytest.mark.parametrize("many", [20, 400])
def test_a_second_of_silence_is_noticed(many: int) -> None:
    silence = [1 - number * PACE for number in range(20)]
    with pytest.raises(AssertionError, match="are allowed"):
        Strokes(CALM[:20], [*CALM[: many // 2], *silence, *CALM[: many // 2]]).check()


def test_slowness_all_the_while_is_noticed() -> None:
    with pytest.raises(AssertionError, match="median"):
        Strokes(CALM[:20], [0.11] * 20).check()


def test_one_slow_stroke_is_none() -> None:
    Strokes(CALM[:20], [*CALM[:20], 0.9, *CALM[:20]]).check()


def test_a_busy_machine_is_allowed_what_it_took_before() -> None:
    Strokes([0.1] * 20, [0.25] * 20).check()
