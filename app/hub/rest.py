"""When a board has come to rest."""

from math import inf

REST = 10.0  # s without a change
LONGEST = 60.0  # s of changes without such a rest


class Rest:
    """Notices, once a second, that nobody has changed the board for a while, or that it has gone on for long."""

    def __init__(self) -> None:
        self._ts: int | None = None
        self._changed_at = -inf
        self._restless_since: float | None = None

    def tick(self, now: float, ts: int) -> bool:
        """True once after each rest; the first also follows the opening of the board, whenever it was changed."""
        if ts != self._ts:
            self._ts, self._changed_at = ts, now
            self._restless_since = now if self._restless_since is None else self._restless_since
        if self._restless_since is None:
            return False
        if now - self._changed_at < REST and now - self._restless_since < LONGEST:
            return False
        self._restless_since = None
        return True
