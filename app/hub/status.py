"""Whether readers see the board as it is."""

from app.hub import events
from app.hub.audience import Audience
from app.hub.feed import Feed
from app.hub.window import Window


class Status:
    """Sends "stale" while the board may have gone on without this process, else "live"."""

    def __init__(self, feed: Feed, window: Window, audience: Audience) -> None:
        self.failing = False
        """Whether the log cannot be read. Call `update` after setting it."""
        self._feed = feed
        self._window = window
        self._audience = audience
        self._sent_stale = False
        self._behind = 0

    @property
    def stale(self) -> bool:
        return self.failing or not self._feed.connected or self.lags

    @property
    def lags(self) -> bool:
        """Whether the log is known to have changes that the board does not show."""
        return self._window.ts < self._behind

    def start(self) -> None:
        self._sent_stale = self.stale

    def lag(self, ts: int) -> None:
        """The log goes up to `ts`, as far as anybody can say now: until the board shows it, it is stale."""
        self._behind = ts
        self.update()

    def update(self) -> None:
        if self.stale != self._sent_stale:
            self._sent_stale = self.stale
            frame = events.status(self.stale)
            self._audience.send(lambda _: frame)
