"""Forms with a file, however they are cut into pieces."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from starlette.requests import Request

from app.web.multipart import Form, read_form

BOUNDARY = b"--=_b"


def encoded(fields: dict[str, str], file: bytes) -> bytes:
    parts = [
        *((f'name="{name}"'.encode(), value.encode()) for name, value in fields.items()),
        (b'name="file"; filename="a.png"', file),
    ]
    body = b"".join(
        b"--%b\r\nContent-Disposition: form-data; %b\r\n\r\n%b\r\n" % (BOUNDARY, head, value) for head, value in parts
    )
    return body + b"--%b--\r\n" % BOUNDARY


async def read(body: bytes, cuts: list[int]) -> tuple[Form, bytes]:
    ends = sorted({min(cut, len(body)) for cut in cuts} | {len(body)})
    pieces = [body[start:end] for start, end in zip([0, *ends], ends, strict=False)]
    messages: list[dict[str, Any]] = [{"type": "http.request", "body": piece, "more_body": True} for piece in pieces]
    messages.append({"type": "http.request", "body": b"", "more_body": False})
    content_type = b"multipart/form-data; boundary=" + BOUNDARY
    taken = bytearray()

    async def receive() -> dict[str, Any]:
        return messages.pop(0)

    async def take(part: bytes) -> None:
        taken.extend(part)

    scope = {"type": "http", "method": "POST", "headers": [(b"content-type", content_type)]}
    return await read_form(Request(scope, receive), take), bytes(taken)


NAMES = st.sampled_from(["x", "y", "alt", "id"])
FILES = st.lists(st.sampled_from([b"\r", b"\n", b"-", b"\r\n--", b"--=_b", b"\0", b"GIF89a"]), max_size=30).map(
    b"".join
)


@given(st.dictionaries(NAMES, st.text("aé\r\n -", max_size=20), max_size=4), FILES, st.lists(st.integers(0, 600)))
async def test_a_form_is_read_the_same_however_it_is_cut(fields: dict[str, str], file: bytes, cuts: list[int]) -> None:
    if any(b"\r\n--" + BOUNDARY in value for value in (file, *(text.encode() for text in fields.values()))):
        return
    form, taken = await read(encoded(fields, file), cuts)
    assert (form.fields, taken, form.filename) == (fields, file, "a.png")
