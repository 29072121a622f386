"""What a refusal says: words for people on a page, and when to come back."""

import pytest

from app.errors import BoardFull, EaselError, Invalid, NotFound
from app.web.faults import for_people


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (
            Invalid("title: String should have at most 200 characters", field="title", limit=200),
            "The field “title” has something in it that is not allowed. The limit is 200.",
        ),
        (
            Invalid("expires: Input should be a valid integer", field="expires"),
            "The field “expires” has something in it that is not allowed.",
        ),
        (Invalid("The file is empty.", field="file"), "The file is empty."),
        (BoardFull(), "The board is full."),
        (NotFound(), NotFound.default),
    ],
)
def test_a_page_says_what_a_person_can_understand(error: EaselError, said: str) -> None:
    assert for_people(error) == said


def kinds(of: type[EaselError]) -> list[type[EaselError]]:
    return [of, *(kind for below in of.__subclasses__() for kind in kinds(below))]


@pytest.mark.parametrize("status", [429, 503])
def test_a_refusal_that_passes_says_when_to_come_back(status: int) -> None:
    passing = [kind for kind in kinds(EaselError) if kind.status == status]
    assert passing
    assert all(kind.soon for kind in passing)
