"""The delay before the next connection."""

import random

FIRST = 0.1  # s
LONGEST = 15.0  # s


class Backoff:
    """Doubles from 0.1 s to 15 s; each delay is random in the upper half, so that clients do not reconnect together."""

    def __init__(self) -> None:
        self._failures = 0

    def next(self, floor: float = 0.0) -> float:
        """Seconds to wait, at least about `floor`."""
        delay = min(LONGEST, max(floor, FIRST * 2.0 ** min(self._failures, 10)))
        self._failures += 1
        return delay * random.uniform(0.5, 1.0)

    def reset(self) -> None:
        self._failures = 0
