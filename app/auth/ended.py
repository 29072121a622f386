"""Sessions and people that are over before their tokens are. Convex holds the list; every web process watches it."""

from collections.abc import Iterable

from app.auth.viewer import Viewer


class Ended:
    def __init__(self) -> None:
        self.keys: frozenset[str] = frozenset()

    def replace(self, keys: Iterable[str]) -> frozenset[str]:
        """The keys that are new."""
        known, self.keys = self.keys, frozenset(keys)
        return self.keys - known

    def add(self, key: str) -> None:
        """What this process has just ended itself; Convex's list, which has it too, comes in a moment."""
        self.keys |= {key}

    def has(self, viewer: Viewer) -> bool:
        return viewer.session in self.keys or viewer.identifier in self.keys
