"""One open page of a person, as the others see it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.hub.presence.wet import Wet

MAX_WET, MAX_WET_POINTS = 8, 10_000  # strokes of one page, and their points together: two of the longest
KINDS = ("ink", "laser")  # of wet strokes
STYLE = ("id", "color", "width", "opacity")


@dataclass
class Page:
    """What one page shows and does. `process` received its latest report, whose number is `seq`."""

    name: str
    process: str
    seen_at: float
    seq: int = 0
    inked_at: float = 0.0
    dragged_at: float = 0.0
    fields: dict[str, Any] = field(default_factory=dict)
    wet: dict[str, Wet] = field(default_factory=dict)
    unsent: set[str] = field(default_factory=lambda: {"name"})
    dried: list[str] = field(default_factory=list)

    def rename(self, name: str) -> None:
        if self.name != name:
            self.name = name
            self.unsent.add("name")

    def set(self, name: str, value: Any) -> None:
        """None clears the field."""
        if self.fields.get(name) != value:
            self.fields[name] = value
            self.unsent.add(name)

    def draw(self, kind: str, piece: Mapping[str, Any]) -> None:
        """Add a piece to its wet stroke. Raises Gap if points before it are missing."""
        stroke = self.wet.get(piece["id"])
        if stroke is None:
            stroke = Wet(kind, {name: piece[name] for name in STYLE if name in piece})
        stroke.add(piece["from"], piece["points"], piece.get("pressures", ()))
        self.wet[stroke.id] = stroke
        while len(self.wet) > MAX_WET or sum(map(len, self.wet.values())) > MAX_WET_POINTS:
            self.dry(next(iter(self.wet)))

    def dry(self, *ids: str) -> None:
        """Remove these wet strokes; no shape replaces them."""
        for id in ids:
            if self.wet.pop(id, None):
                self.dried.append(id)

    def dry_all(self, kind: str) -> None:
        self.dry(*(id for id, stroke in self.wet.items() if stroke.kind == kind))

    def settle(self, touched: Mapping[str, None]) -> None:
        """Drop what hands did to these shapes, without news: readers drop it when they get the change itself."""
        for id in self.wet.keys() & touched.keys():
            del self.wet[id]
        drag = self.fields.get("drag")
        if drag and drag.keys() & touched.keys():
            self.fields["drag"] = {id: patch for id, patch in drag.items() if id not in touched} or None

    def state(self) -> dict[str, Any]:
        """Everything, as JSON for a new reader."""
        wet = {kind: [stroke.piece(0) for stroke in self._of(kind)] for kind in KINDS}
        return {"name": self.name, **self._set_fields(), **{kind: pieces for kind, pieces in wet.items() if pieces}}

    def news(self) -> dict[str, Any]:
        """What changed since the last call, as JSON."""
        news = {name: self.name if name == "name" else self.fields[name] for name in self.unsent}
        for kind in KINDS:
            if pieces := [stroke.news() for stroke in self._of(kind) if stroke.sent < len(stroke)]:
                news[kind] = pieces
        if self.dried:
            news["dry"] = self.dried
        self.unsent, self.dried = set(), []
        return news

    def published(self, now: float) -> dict[str, Any]:
        """The page as JSON for the other processes."""
        wet = [stroke.publish(now) for stroke in self.wet.values()]
        return {"seq": self.seq, "name": self.name, "fields": self._set_fields(), "wet": wet}

    def _set_fields(self) -> dict[str, Any]:
        return {name: value for name, value in self.fields.items() if value is not None}

    def _of(self, kind: str) -> Sequence[Wet]:
        return [stroke for stroke in self.wet.values() if stroke.kind == kind]
