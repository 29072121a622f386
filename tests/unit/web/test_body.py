"""Bodies: counted as they come, and read only as what they say they are."""

from collections.abc import Iterable

import pytest
from fastapi import Depends, FastAPI
from pydantic import BaseModel, ConfigDict

from app.web import answers
from app.web.body import MAX_BODY, MAX_CHANGE, MAX_READ, body_of
from app.web.front import Front
from tests.unit.asgi import Answer, ask

JSON = {"content-type": "application/json"}
FORM = {"content-type": "application/x-www-form-urlencoded"}
MIB = 1024 * 1024


class Note(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: str = "empty"
    size: int = 0


app = FastAPI()
answers.install(app)
app.add_middleware(Front)


@app.post("/note")
@app.post("/changes")
async def note(note: Note = Depends(body_of(Note))) -> dict[str, str]:  # noqa: B008
    return {"text": note.text}


async def post(headers: dict[str, str], body: Iterable[bytes] = (), path: str = "/note") -> Answer:
    return await ask(app, "POST", path, headers, body)


async def code(headers: dict[str, str], body: Iterable[bytes] = (), path: str = "/note") -> tuple[int, str]:
    answer = await post(headers, body, path)
    return answer.status, answer.json["error"]["code"]


async def test_json_and_forms_and_nothing_are_read_alike() -> None:
    assert (await post(JSON, [b'{"text":', b' "hi"}'])).json == {"text": "hi"}
    assert (await post(FORM, [b"text=hi+there%21"])).json == {"text": "hi there!"}
    assert (await post({"content-type": "application/json; charset=utf-8"}, [b'{"text": "hi"}'])).json == {"text": "hi"}
    assert (await post({})).json == {"text": "empty"}


@pytest.mark.parametrize("kind", ["", "text/plain", "multipart/form-data; boundary=x", "application/xml", "nonsense"])
async def test_another_kind_of_body_is_not_understood(kind: str) -> None:
    assert await code({"content-type": kind} if kind else {}, [b'{"text": "hi"}']) == (415, "unsupported_media")


async def test_a_compressed_body_is_not_taken() -> None:
    for coding in ("gzip", "br", "gzip, identity"):
        assert await code(JSON | {"content-encoding": coding}, [b"{}"]) == (415, "unsupported_media")
    assert (await post(JSON | {"content-encoding": "identity"}, [b"{}"])).status == 200


@pytest.mark.parametrize("body", [b"", b"{", b"[1,]", b"nul", b"\xff", b'{"text": "\\ud800"}', b"[" * 2_000, b"{}{}"])
async def test_what_is_not_json_is_a_bad_request(body: bytes) -> None:
    assert await code(JSON, [body]) == (400, "invalid_json")


@pytest.mark.parametrize("body", [b"[]", b"1", b'{"text": 1}', b'{"txt": "hi"}', b'{"size": 1e999}', b'{"size": NaN}'])
async def test_json_of_the_wrong_form_is_invalid(body: bytes) -> None:
    assert await code(JSON, [body]) == (422, "invalid")


async def test_a_bad_form_is_a_bad_request() -> None:
    assert await code(FORM, [b"text=%ff"]) == (400, "bad_request")
    assert await code(FORM, [b"a=1&" * 80]) == (400, "bad_request")
    assert await code(FORM, [b"txt=hi"]) == (422, "invalid")


async def test_the_limit_counts_what_comes_whatever_was_announced() -> None:
    padding = b" " * (MAX_BODY - 2)
    assert (await post(JSON, [padding, b"{}"])).status == 200
    for headers in (JSON, JSON | {"content-length": "2"}, JSON | {"content-length": "-5"}):
        answer = await post(headers, [padding, b"{} "])
        assert (answer.status, answer.json["error"]["code"]) == (413, "too_large")
        assert answer.json["error"]["limit"] == MAX_BODY


async def test_a_change_may_be_larger() -> None:
    assert (await post(JSON, [b" " * (MAX_CHANGE - 2), b"{}"], "/changes")).status == 200
    assert await code(JSON, [b" " * MAX_CHANGE, b"{}"], "/changes") == (413, "too_large")


async def test_a_refused_body_is_read_to_its_end_so_that_the_answer_is_seen() -> None:
    read = 0

    def pieces() -> Iterable[bytes]:
        nonlocal read
        for _ in range(20):
            read += 1
            yield b"x" * MIB

    answer = await post(JSON, pieces())
    assert (answer.status, read) == (413, 20)
    assert "connection" not in answer.headers


async def test_but_not_without_end() -> None:
    answer = await post(JSON, [b"x" * MIB for _ in range(40)])
    assert (answer.status, answer.headers["connection"]) == (413, "close")
    answer = await post(JSON | {"content-length": str(MAX_READ + 1)}, [b"x"])
    assert (answer.status, answer.headers["connection"]) == (413, "close")


async def test_a_body_of_nothing_but_brackets_is_refused_before_it_is_read() -> None:
    assert await code(JSON, [b"[" * 60_000]) == (422, "invalid")
