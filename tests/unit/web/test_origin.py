"""Which requests are done, by where they come from: the table of design.md, row by row."""

import pytest

from app.web.front import Front
from tests.unit.asgi import ask, fine

HOST = {"host": "127.0.0.1:8000"}
COOKIE = {"cookie": "session=x"}
BEARER = {"authorization": "Bearer x"}
OWN = {"origin": "http://127.0.0.1:8000"}
STRANGE = {"origin": "http://evil.example"}
PUBLIC = {"origin": "https://easel.example"}


async def status(method: str, headers: dict[str, str], path: str = "/boards", public: str | None = None) -> int:
    answer = await ask(Front(fine, public_origin=public), method, path, HOST | headers)
    if answer.status != 200:
        assert answer.json["error"]["code"] == "forbidden"
    return answer.status


@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE", "PUT"])
@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, 200),
        (BEARER, 200),
        (COOKIE, 403),
        (COOKIE | BEARER, 200),
        ({"sec-fetch-site": "same-origin"}, 200),
        (COOKIE | {"sec-fetch-site": "same-origin"} | OWN, 200),
        (COOKIE | OWN, 200),
        ({"sec-fetch-site": "same-site"}, 403),
        ({"sec-fetch-site": "cross-site"}, 403),
        ({"sec-fetch-site": "none"}, 403),
        (BEARER | {"sec-fetch-site": "cross-site"}, 403),
        (STRANGE, 403),
        (BEARER | STRANGE, 403),
        (COOKIE | STRANGE, 403),
        ({"origin": "null"}, 403),
        ({"origin": "https://127.0.0.1:8000"}, 403),
        ({"origin": "http://127.0.0.1:8001"}, 403),
        ({"sec-fetch-site": "same-origin"} | STRANGE, 403),
    ],
)
async def test_unsafe_requests_are_done_only_for_ourselves(method: str, headers: dict[str, str], expected: int) -> None:
    assert await status(method, headers) == expected


@pytest.mark.parametrize("headers", [{}, COOKIE, STRANGE, {"sec-fetch-site": "cross-site"}])
async def test_reading_is_not_held_to_an_origin(headers: dict[str, str]) -> None:
    assert await status("GET", headers) == 200


@pytest.mark.parametrize(
    ("headers", "expected"),
    [({}, 200), (COOKIE, 200), (OWN, 200), ({"sec-fetch-site": "same-origin"}, 200), (STRANGE, 403)]
    + [({"sec-fetch-site": site}, 403) for site in ("same-site", "cross-site", "none")],
)
async def test_streams_are(headers: dict[str, str], expected: int) -> None:
    assert await status("GET", headers, "/boards/b/stream") == expected


async def test_with_a_public_origin_the_host_says_nothing() -> None:
    here = {"host": "easel.example"}
    assert await status("POST", here | PUBLIC, public="https://easel.example") == 200
    for other in (OWN, {"origin": "http://easel.example"}):
        assert await status("POST", here | other, public="https://easel.example") == 403


async def test_a_host_that_is_none_matches_no_origin() -> None:
    for host in ("", "a/b", "a@b", "[", "x:y"):
        answer = await ask(Front(fine), "POST", "/", {"host": host} | OWN)
        assert answer.status == 403
