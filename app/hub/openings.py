"""The large first frames that readers of this process have not taken yet."""

from app.hub.cut_frame import CutFrame
from app.hub.mailbox import Mailbox


class Openings:
    """Limits them to `most` bytes, besides those of the reader who came last; 0 is no limit.

    Readers who come at about the same time share their first frames, and a slow reader keeps old ones in memory. When
    the different frames have too many bytes, the readers of the oldest are dropped. They come back for the newest.
    """

    def __init__(self, most: int = 0) -> None:
        self._most = most
        self._readers: dict[CutFrame, list[Mailbox]] = {}

    @property
    def size(self) -> int:
        return sum(frame.size for frame in self._readers)

    def add(self, mailbox: Mailbox) -> None:
        """Call it once, after `mailbox.open`."""
        large = [frame for frame in mailbox.opening if len(frame.pieces) > 1]
        if any(frame not in self._readers for frame in large):
            self.prune()
        for frame in large:
            self._readers.setdefault(frame, []).append(mailbox)
        excess = self.size - self._most if large and self._most else 0
        for frame in [frame for frame in self._readers if frame not in large]:
            if excess <= 0:
                return
            excess -= frame.size
            for reader in self._readers.pop(frame):
                reader.drop()

    def prune(self) -> None:
        """Forget frames that all of their readers have taken. Call it now and then: until then they are in memory."""
        waiting = {
            frame: [reader for reader in readers if frame in reader.opening] for frame, readers in self._readers.items()
        }
        self._readers = {frame: readers for frame, readers in waiting.items() if readers}
