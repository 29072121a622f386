"""The timer of a board: its state, and the time that is left."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Self


@dataclass(frozen=True)
class Timer:
    """Runs until `ends_at`, in ms since the epoch, or is over since then. A paused one has `paused_left` ms to go."""

    state: Literal["running", "paused", "over"]
    seconds: int
    ends_at: float
    paused_left: float

    @classmethod
    def from_wire(cls, wire: Mapping[str, Any]) -> Self:
        return cls(wire["state"], int(wire["seconds"]), wire["endsAt"], wire["left"])

    def left(self, now: float) -> float:
        """How much is left, in s; less than 0 once it is over. `now` is in s since the epoch."""
        left = self.paused_left if self.state == "paused" else self.ends_at - now * 1000
        return round(left / 1000, 3)

    def wire(self, now: float) -> dict[str, Any]:
        """As readers get it: the seconds that are left. A time of day would be wrong on a reader's wrong clock."""
        return {"state": self.state, "seconds": self.seconds, "left": self.left(now)}
