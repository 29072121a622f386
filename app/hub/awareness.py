"""What people do on a board at this moment: cursors, tools, selections, wet ink, drags. Nothing of it is kept."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import orjson

from app.errors import Gap
from app.hub.wet import Wet

LIFE = 30.0  # s without news after which a page is no longer shown
GESTURE = 2.5  # s without news after which what a page draws or drags is no longer shown; pages say so each second
FIRST = 3.0  # s for which pages of a process that we just met are shown: it may be long dead
MAX_PAGES = 4  # of one person
MAX_ALL = 500  # pages of one board
MAX_WET, MAX_WET_POINTS = 8, 10_000  # strokes of one page, and their points together: two of the longest
MAX_SETTLED = 1_000  # shapes remembered as no longer wet
MAX_PUBLISHED = 256 * 1024  # bytes for the other processes
FIELDS = ("cursor", "tool", "selection", "drag", "viewport", "following")
WET = ("ink", "laser")


@dataclass
class Page:
    """One open page of somebody, in the process that heard of it last. `seq` counts its reports."""

    name: str
    process: str
    seen_at: float
    seq: int = 0
    inked_at: float = 0.0
    dragged_at: float = 0.0
    fields: dict[str, Any] = field(default_factory=dict)
    wet: dict[str, Wet] = field(default_factory=dict)
    untold: set[str] = field(default_factory=lambda: {"name"})
    dried: list[str] = field(default_factory=list)

    def set(self, name: str, value: Any) -> None:
        """None is nothing."""
        if self.fields.get(name) != value:
            self.fields[name] = value
            self.untold.add(name)

    def dry(self, *ids: str) -> None:
        """These strokes are not drawn any more, and nothing comes in their place."""
        for id in ids:
            if self.wet.pop(id, None):
                self.dried.append(id)

    def state(self) -> dict[str, Any]:
        """All of it, for who comes now."""
        wet = {kind: [wet.piece(0) for wet in self.wet.values() if wet.kind == kind] for kind in WET}
        known = {name: value for name, value in self.fields.items() if value is not None}
        return {"name": self.name, **known, **{kind: pieces for kind, pieces in wet.items() if pieces}}

    def news(self) -> dict[str, Any]:
        """What readers have not been told, as JSON."""
        news = {name: self.name if name == "name" else self.fields[name] for name in self.untold}
        for kind in WET:
            if pieces := [wet.news() for wet in self.wet.values() if wet.kind == kind and wet.told < len(wet)]:
                news[kind] = pieces
        if self.dried:
            news["dry"] = self.dried
        self.untold, self.dried = set(), []
        return news


class Awareness:
    """Pure: told what pages report and what the time is (any monotonic clock), it knows what to tell whom.

    A page is named `person.page`. Its reports may come through several processes, as its connections do: the one with
    the highest `seq` holds the page, and publishes it to the others.
    """

    def __init__(self, process: str) -> None:
        self.process = process
        self.missed = False
        """Whether another process published points that do not fit what we have."""
        self._pages: dict[str, Page] = {}
        self._changed: dict[str, None] = {}
        self._processes: set[str] = set()
        self._settled: OrderedDict[str, None] = OrderedDict()

    def report(self, key: str, name: str, seq: int | None, report: Mapping[str, Any], now: float) -> None:
        """What a page says of itself: a field that is None is nothing now, one that is absent is as before.

        Raises Gap when its ink does not go on where it stopped; the rest of the report holds.
        """
        page = self._pages.get(key) or self._open(key, name, now)
        if seq is not None and seq <= page.seq:
            return
        page.seq, page.seen_at, page.process = seq or page.seq + 1, now, self.process
        page.dragged_at = now if "drag" in report else page.dragged_at
        page.inked_at = now if report.keys() & set(WET) else page.inked_at
        if page.name != name:
            page.name = name
            page.untold.add("name")
        for field_name in FIELDS:
            if field_name in report:
                page.set(field_name, report[field_name])
        self._changed[key] = None
        for kind in WET:
            if kind in report:
                self._wet(page, kind, report[kind])

    def leave(self, key: str) -> None:
        """A page says that it closes."""
        if self._pages.pop(key, None):
            self._changed[key] = None

    def forget(self, people: Iterable[str]) -> None:
        """All pages of people who are not on the board any more."""
        gone = set(people)
        for key in [key for key in self._pages if key.partition(".")[0] in gone]:
            self.leave(key)

    def settle(self, ids: Iterable[str]) -> None:
        """A change has touched these shapes. Pages drop what they show of them when that change arrives: not before."""
        touched = dict.fromkeys(ids)
        self._settled |= touched
        for page in self._pages.values():
            for id in page.wet.keys() & touched.keys():
                del page.wet[id]
            drag = page.fields.get("drag")
            if drag and drag.keys() & touched.keys():
                page.fields["drag"] = {id: patch for id, patch in drag.items() if id not in touched} or None
        while len(self._settled) > MAX_SETTLED:
            self._settled.popitem(last=False)

    def expire(self, now: float) -> None:
        for key, page in list(self._pages.items()):
            if now - page.seen_at > LIFE:
                self.leave(key)
                continue
            if page.wet and now - page.inked_at > GESTURE:
                page.dry(*page.wet)
                self._changed[key] = None
            if page.fields.get("drag") and now - page.dragged_at > GESTURE:
                page.set("drag", None)
                self._changed[key] = None

    # Readers

    def news(self) -> dict[str, Any]:
        """What changed since this was last asked, by page; None: it is gone."""
        changed, self._changed = self._changed, {}
        pages = {key: self._pages.get(key) for key in changed}
        told = {key: page and page.news() for key, page in pages.items()}
        return {key: news for key, news in told.items() if news != {}}

    def state(self) -> dict[str, Any]:
        """All pages, for a reader who comes when there is no news."""
        return {key: page.state() for key, page in self._pages.items()}

    # Other processes

    def publish(self, now: float) -> str:
        """The pages that this process holds, as JSON, the most recently heard first, as many as fit."""
        pieces, size = [], 2
        mine = [(page.seen_at, key, page) for key, page in self._pages.items() if page.process == self.process]
        for _, key, page in sorted(mine, key=lambda one: one[:2], reverse=True):
            wet = [wet.publish(now) for wet in page.wet.values()]
            fields = {name: value for name, value in page.fields.items() if value is not None}
            piece = orjson.dumps({key: {"seq": page.seq, "name": page.name, "fields": fields, "wet": wet}})[1:-1]
            if size + len(piece) + 1 <= MAX_PUBLISHED:  # a page with more than fits keeps nobody else's from fitting
                pieces.append(piece)
                size += len(piece) + 1
        return (b"{" + b",".join(pieces) + b"}").decode() if pieces else ""

    def ask_whole(self, now: float) -> None:
        """Another process has come, or missed something: publish wet ink from its beginning for a while."""
        for page in self._pages.values():
            for wet in page.wet.values():
                wet.ask_whole(now)

    def take(self, published: Mapping[str, str], now: float) -> None:
        """What the other processes publish, by process."""
        for process, text in published.items():
            if process != self.process:
                self._take(process, orjson.loads(text), now)
        for process in self._processes - published.keys():
            self._take(process, {}, now)
        self._processes = set(published) - {self.process}

    def _take(self, process: str, pages: Mapping[str, Any], now: float) -> None:
        for key, there in pages.items():
            known = self._pages.get(key)
            if known and there["seq"] <= known.seq:
                continue
            page = known or self._open(key, there["name"], now)
            seq, page.seq, page.process = page.seq, there["seq"], process
            page.seen_at = page.inked_at = page.dragged_at = now
            if process not in self._processes:
                page.seen_at = now - LIFE + FIRST
            for name in page.fields.keys() | there["fields"].keys():
                page.set(name, there["fields"].get(name))
            page.dry(*(page.wet.keys() - {piece["id"] for piece in there["wet"]}))
            for piece in there["wet"]:
                try:
                    self._wet(page, piece["kind"], piece)
                except Gap:
                    self.missed, page.seq = True, seq  # the same again, with all its points, is news
            self._changed[key] = None
        for key in [key for key, page in self._pages.items() if page.process == process and key not in pages]:
            self.leave(key)

    # One page

    def _open(self, key: str, name: str, now: float) -> Page:
        person = key.partition(".")[0]
        others = [other for other in self._pages if other.partition(".")[0] == person]
        crowd = others if len(others) >= MAX_PAGES else self._pages if len(self._pages) >= MAX_ALL else ()
        if crowd:
            self.leave(min(crowd, key=lambda other: self._pages[other].seen_at))
        self._pages[key] = page = Page(name, self.process, now)
        self._changed[key] = None
        return page

    def _wet(self, page: Page, kind: str, piece: Mapping[str, Any] | None) -> None:
        if piece is None:
            page.dry(*(id for id, wet in page.wet.items() if wet.kind == kind))
            return
        id, start = piece["id"], piece["from"]
        if id in self._settled:
            return
        wet = page.wet.get(id)
        if wet is None:
            head = {name: piece[name] for name in ("id", "color", "width", "opacity") if name in piece}
            wet = Wet(kind, head)
            wet.add(start, piece["points"], piece.get("pressures", ()))  # or there is a gap, and no such stroke
            page.wet[id] = wet
        else:
            wet.add(start, piece["points"], piece.get("pressures", ()))
        while len(page.wet) > MAX_WET or sum(map(len, page.wet.values())) > MAX_WET_POINTS:
            page.dry(next(iter(page.wet)))
