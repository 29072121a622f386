"""Outside text taken at its word: names of accounts, files and boards are cleaned where they come in."""

from email.message import Message
from typing import Any

import pytest

from app.auth.verifier import viewer
from app.convex.file_records import File, Listed
from app.convex.list_records import BoardInfo
from app.convex.records import Asking, Invitation, Member
from app.hub.access import Access
from app.outline import shorten
from app.text import file_name
from app.web.download import filename

HOSTILE = "\x1b[31m\u202eAna\u200b\r\nWARNING\u2028\u2066x"
CLEAN = "Ana WARNING x"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (HOSTILE, CLEAN),
        ("\ud800", "\ufffd"),  # JSON can say it, UTF-8 cannot
        ("\u200b\ufe0f\u2800", "Guest"),
        ("", "Guest"),
        (None, "Guest"),
        (["Ana"], "Guest"),
        ("\U0001f469\u200d\U0001f467" * 100, "\U0001f469\u200d\U0001f467" * 20),
    ],
)
def test_a_name_in_a_token_is_cleaned(name: Any, shown: str) -> None:
    found = viewer("", {"iss": "i", "sub": "s", "exp": 1, "name": name})
    assert found.name == shown
    found.name.encode()


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("C:\\fakepath\\me.png", "me.png"),
        ("../../etc/passwd", "passwd"),
        (f"{HOSTILE}.png", f"{CLEAN}.png"),
        ("x" * 5_000, "x" * 100),
        ("\u200b", ""),
    ],
)
def test_the_name_of_a_file_is_cleaned(sent: str, name: str) -> None:
    assert file_name(sent) == name


@pytest.mark.parametrize(
    "stored", [f"{HOSTILE}.png", 'a"; x="b.png', "\ud800.png", "\u05e9\u05dc.png", "\u200b", "a/b\\c.png"]
)
def test_the_name_of_a_download_is_one_parameter(stored: str) -> None:
    header = f"attachment; {filename(stored, 'webp')}"
    header.encode("ascii")
    assert header.isprintable()
    message = Message()
    message["Content-Disposition"] = header
    assert [name for name, _ in message.get_params([], "content-disposition")] == ["attachment", "filename", "filename"]


@pytest.mark.parametrize(("stored", "shown"), [(HOSTILE, CLEAN), ("\u200b", "(no name)"), ("Ana", "Ana")])
def test_a_name_of_an_earlier_version_is_cleaned_when_it_is_read(stored: str, shown: str) -> None:
    one = {"user": "u", "name": stored}
    assert Asking(**one).name == shown
    assert Member(**one, role="editor", you=False).name == shown
    assert BoardInfo("b", stored, "owner", 0).title == shown
    assert Invitation("A board", stored, "viewer").sender == shown
    assert File("f", stored, []).name == shown
    row = {"id": "f", "width": 1, "height": 1, "size": 1, "at": 0, "yours": True, "shown": 0, "keptUntil": None}
    listed = Listed.from_wire({**row, "name": "a.png", "by": stored})
    assert (listed.name, listed.by) == ("a.png", shown)


def test_a_title_of_an_earlier_version_is_cleaned_when_it_is_read() -> None:
    wire = {"title": f"{HOSTILE}\ufffe", "visibility": "private", "presenting": False, "members": []}
    access = Access.from_wire({**wire, "asking": [{"user": "u", "name": HOSTILE}]})
    assert (access.title, access.asking) == (f"{CLEAN}\ufffd", {"u": CLEAN})


def test_what_a_shape_is_called_is_cleaned() -> None:
    assert shorten(HOSTILE.replace("\x1b", "")) == "[31m" + CLEAN
    assert (
        shorten("\U0001f469\u200d\U0001f467 \u05e9\u05dc\u05d5\u05dd")
        == "\U0001f469\u200d\U0001f467 \u05e9\u05dc\u05d5\u05dd"
    )
