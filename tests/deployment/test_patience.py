"""Backoff and token lifetimes."""

import time

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.convex.deployment.backoff import LONGEST, Backoff
from app.convex.deployment.token import SHORTEST, refresh_delay

KEY = "k" * 32


def token(**claims: float) -> str:
    return jwt.encode(claims, KEY)


def test_delays_double_to_the_longest_with_jitter_and_start_again() -> None:
    backoff = Backoff()
    delays = [backoff.next() for _ in range(2000)]
    for delay, full in zip(delays, [0.1, 0.2, 0.4, 0.8, 1.6, 3.2, 6.4, 12.8] + [LONGEST] * 2000, strict=False):
        assert full / 2 <= delay <= full
    assert len(set(delays)) > 1000
    backoff.reset()
    assert backoff.next() <= 0.1
    assert 0.5 <= backoff.next(floor=1.0) <= 1.0


def test_a_token_is_renewed_before_it_expires() -> None:
    now = time.time()
    ten_minutes = refresh_delay(token(iat=now, exp=now + 600))
    assert ten_minutes is not None
    assert 538 < ten_minutes <= 540
    ten_seconds = refresh_delay(token(iat=now, exp=now + 10))
    assert ten_seconds is not None
    assert 7 < ten_seconds <= 8
    assert refresh_delay(token(iat=now - 700, exp=now - 100)) == SHORTEST


def test_a_wrong_clock_of_ours_cannot_make_a_token_live_longer() -> None:
    delay = refresh_delay(token(iat=time.time() + 1e6, exp=time.time() + 1e6 + 600))
    assert delay == pytest.approx(540)


def test_a_token_without_an_end_is_never_renewed() -> None:
    for text in ("", "a.b", "a.b.c", token(iat=1), "a." + "e30" + ".c"):
        assert refresh_delay(text) is None


@given(st.text())
def test_any_text_is_read_without_an_error(text: str) -> None:
    delay = refresh_delay(text)
    assert delay is None or delay >= SHORTEST
