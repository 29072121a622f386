"""Whether what a frame or picture shows is still on the board."""

from collections.abc import Container
from dataclasses import dataclass, field

from app.hub.window import Window


@dataclass
class Unchanged:
    """Follows the shapes of the ids in `shown`, or all that there were, from a `ts` on. Looks at each change once."""

    ts: int
    shown: Container[str] | None = None
    _new: set[str] = field(default_factory=set)

    def until_now(self, window: Window) -> bool:
        """Whether nobody has changed or removed one of them. False also if the window no longer has all changes."""
        changes = window.since(self.ts)
        if changes is None or any(self._follows(id, z) for change in changes for id, z in change.before.items()):
            return False
        self.ts = window.ts
        return True

    def _follows(self, id: str, before: float | None) -> bool:
        if self.shown is not None:
            return id in self.shown
        if before is None:
            self._new.add(id)
        return id not in self._new
