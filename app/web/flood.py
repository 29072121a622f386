"""Limits each kind of log line, since strangers can cause some kinds as often as they like."""

import logging
import time
from collections.abc import Callable

MOST = 20  # lines of one kind a minute
MINUTE = 60.0  # s
KINDS = 1_000  # kinds of lines remembered


class Flood(logging.Filter):
    """Drops a line when 20 of its kind came within a minute; the first of the next minute says how many were dropped.

    Lines are of one kind if they have the same logger and the same text before its arguments are filled in.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__()
        self._clock = clock
        self._kinds: dict[tuple[str, str], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        now = self._clock()
        kind = self._kind((record.name, str(record.msg)), now)
        began, count = self._kinds.get(kind, (now, 0))
        if now - began >= MINUTE:
            if count > MOST:
                record.msg, record.args = f"{record.getMessage()} (and {count - MOST} more like it were left out)", None
            began, count = now, 0
        self._kinds[kind] = began, count + 1
        return count < MOST

    def _kind(self, kind: tuple[str, str], now: float) -> tuple[str, str]:
        """What is made up for each line, as asyncio's reports are, counts together once there are too many kinds."""
        if kind in self._kinds or len(self._kinds) < KINDS:
            return kind
        self._kinds = {known: window for known, window in self._kinds.items() if now - window[0] < MINUTE}
        return kind if len(self._kinds) < KINDS else ("", "")
