"""Recognising a format by its first bytes: the server and the browser read the same contents alike."""

import json
from base64 import b64decode
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.errors import Invalid, UnsupportedMedia
from app.images.content import content_of
from app.images.kinds import TAKEN, kind_of

ALL = json.loads((Path(__file__).parents[2] / "fixtures" / "contents.json").read_text())
PICTURES = {"png": "PNG", "jpeg": "JPEG", "gif": "GIF", "webp": "WEBP", "avif": "AVIF"}


@pytest.mark.parametrize("one", ALL, ids=lambda one: one["name"])
def test_files_are_what_their_contents_are(one: dict[str, str]) -> None:
    body = b64decode(one["base64"])
    assert content_of(body).title == one["title"]
    if one["name"] in PICTURES:
        assert kind_of(body) == PICTURES[one["name"]]
        return
    with pytest.raises(UnsupportedMedia) as refused:
        kind_of(body, "plan.x")
    assert refused.value.message.startswith(f"plan.x is {one['title']}, none of {TAKEN}.")
    assert refused.value.field == "file"


def test_no_bytes_are_said_to_be_none() -> None:
    with pytest.raises(Invalid, match=r"plan\.png is empty"):
        kind_of(b"", "plan.png")


@given(st.binary(min_size=1, max_size=300) | st.text(alphabet="<>!-?[]doctypesvg \n{\"'", max_size=200).map(str.encode))
def test_any_bytes_are_refused_or_taken_and_break_nothing(body: bytes) -> None:
    with suppress(Invalid, UnsupportedMedia):
        kind_of(body)
