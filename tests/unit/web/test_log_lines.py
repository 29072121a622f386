"""Outside text taken at its word: nobody outside writes a line of the log, colours it or puts a secret in it."""

import logging
import sys

from app.web.log import Lines

FORGED = "/boards/x\r\nWARNING easel.auth: ana acts as ben\x1b[2K\u202e\u2028\ud800"


def written(text: str, *args: object, error: Exception | None = None) -> list[str]:
    try:
        raise error or ValueError
    except Exception:
        info = sys.exc_info() if error else None
    record = logging.LogRecord("easel.request", logging.WARNING, "", 0, text, args, info)
    whole = Lines("%(levelname)s %(name)s: %(message)s").format(record)
    whole.encode()
    return whole.split("\n")


def test_a_path_stays_in_its_line() -> None:
    assert written("GET %s %d", FORGED, 404) == [
        "WARNING easel.request: GET /boards/x WARNING easel.auth: ana acts as ben \ufffd 404"
    ]


def test_what_an_error_says_is_no_line_of_its_own() -> None:
    first, *more = written("failed", error=ValueError(f"{FORGED} eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln"))
    assert first == "WARNING easel.request: failed"
    assert all(line.startswith("  | ") for line in more)
    assert "\x1b" not in "".join(more)
    assert more[-1].endswith("(token)")


def test_a_line_and_a_traceback_have_an_end() -> None:
    assert len(written("%s", "x" * 1_000_000)[0]) <= 4_000
    assert len(written("failed", error=ValueError("\n" * 100_000))) <= 102
