"""Who is on a board: here, and by leases in the other web processes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from app.hub.access import Person

LEASE = 25.0  # s without a new beat, by our own clock, after which a process counts as dead
RENEWAL = 10.0  # s
GRACE = 2.0  # s for which somebody whose stream ended is still here: they may only reload the page


@dataclass(frozen=True, order=True)
class Face:
    """A person as other people see them."""

    name: str
    id: str

    @property
    def hue(self) -> int:
        return int(self.id[-1:] or "0", 16) % 10

    def wire(self) -> dict[str, Any]:
        return {"id": self.id, "name": self.name, "color": self.hue}


@dataclass
class Lease:
    beat: float
    faces: list[Face]
    watching: int
    seen_at: float


class People:
    """Pure: the caller passes in who comes and goes, and the time, by any monotonic clock."""

    def __init__(self, process: str) -> None:
        self.process = process
        self._names: dict[str, str] = {}
        self._streams: dict[str, int] = {}
        self._left_at: dict[str, float] = {}
        self._leases: dict[str, Lease] = {}

    def join(self, viewer: Person) -> None:
        """One more stream of this person; several are one person."""
        self._names[viewer.person] = viewer.name
        self._streams[viewer.person] = self._streams.get(viewer.person, 0) + 1
        self._left_at.pop(viewer.person, None)

    def leave(self, viewer: Person, now: float) -> None:
        self._streams[viewer.person] -= 1
        if not self._streams[viewer.person]:
            self._left_at[viewer.person] = now

    def here(self) -> list[Face]:
        """The people of this process, to announce to the others."""
        return sorted(Face(name, id) for id, name in self._names.items())

    def everyone(self) -> list[Face]:
        elsewhere = {face.id: face for lease in self._leases.values() for face in lease.faces}
        return sorted((elsewhere | {face.id: face for face in self.here()}).values())

    @property
    def elsewhere(self) -> int:
        """How many pages the other processes have open."""
        return sum(lease.watching for lease in self._leases.values())

    def beats(self) -> dict[str, float]:
        return {process: lease.beat for process, lease in self._leases.items()}

    def take(self, rows: Iterable[Mapping[str, Any]], now: float) -> None:
        """The leases as the deployment has them. A lease is as old as our first sight of its beat."""
        before, self._leases = self._leases, {}
        for row in rows:
            process, beat = row["process"], row["beat"]
            if process in before and before[process].beat == beat:
                self._leases[process] = before[process]
            elif process != self.process:
                faces = [Face(person["name"], person["id"]) for person in row["people"]]
                self._leases[process] = Lease(beat, faces, int(row.get("watching", len(faces))), now)

    def expire(self, now: float, *, connected: bool) -> None:
        """Remove the people who left and the leases that ran out. While the feed is cut, no lease runs out."""
        for id in [id for id, left_at in self._left_at.items() if now - left_at > GRACE]:
            for table in (self._left_at, self._streams, self._names):
                table.pop(id, None)
        for lease in self._leases.values():
            if not connected:
                lease.seen_at = now
            elif now - lease.seen_at > LEASE:
                lease.faces, lease.watching = [], 0
