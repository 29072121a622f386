"""Keeps one kind of log line from filling the log: a stranger can cause some lines as often as they like."""

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
        kind, now = (record.name, str(record.msg)), self._clock()
        began, count = self._kinds.get(kind, (now, 0))
        if now - began >= MINUTE:
            if count > MOST:
                record.msg, record.args = f"{record.getMessage()} (and {count - MOST} more like it were left out)", None
            began, count = now, 0
        if kind not in self._kinds and len(self._kinds) >= KINDS:
            self._kinds.clear()
        self._kinds[kind] = began, count + 1
        return count < MOST
