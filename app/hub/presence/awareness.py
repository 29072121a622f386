"""What people do on a board at this moment: cursors, tools, selections, wet ink, drags. Nothing of it is kept."""

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import Any

import orjson

from app.errors import Gap
from app.hub.presence.page import KINDS, Page

LIFE = 30.0  # s without news after which a page is no longer shown
GESTURE = 2.5  # s without news after which a page's ink and drags are no longer shown; pages report each second
FIRST = 3.0  # s for which the pages of a newly met process are shown: it may be long dead
MAX_PAGES = 4  # of one person
MAX_ALL = 500  # pages of one board
MAX_SETTLED = 1_000  # shapes remembered as no longer wet
MAX_PUBLISHED = 256 * 1024  # bytes for the other processes
FIELDS = ("cursor", "tool", "selection", "drag", "viewport", "following")


class Awareness:
    """Pure: the caller passes in what pages report and the time, by any monotonic clock.

    A page's key is `person.page`. Its reports may come through several processes, as its connections do: the one with
    the highest `seq` holds the page, and publishes it to the others.
    """

    def __init__(self, process: str) -> None:
        self.process = process
        self.missed = False
        """Whether another process published points that do not continue those we have."""
        self._pages: dict[str, Page] = {}
        self._changed: dict[str, None] = {}
        self._processes: set[str] = set()
        self._settled: OrderedDict[str, None] = OrderedDict()

    def report(self, key: str, name: str, seq: int | None, report: Mapping[str, Any], now: float) -> None:
        """What a page says of itself. None clears a field; an absent field stays as it is.

        Raises Gap if its ink does not go on where it stopped; the rest of the report holds.
        """
        page = self._pages.get(key) or self._open(key, name, now)
        if seq is not None and seq <= page.seq:
            return
        page.seq, page.seen_at, page.process = seq or page.seq + 1, now, self.process
        page.dragged_at = now if "drag" in report else page.dragged_at
        page.inked_at = now if report.keys() & set(KINDS) else page.inked_at
        page.rename(name)
        for field in FIELDS:
            if field in report:
                page.set(field, report[field])
        self._changed[key] = None
        for kind in KINDS:
            if kind in report:
                self._draw(page, kind, report[kind])

    def leave(self, key: str) -> None:
        """A page closes."""
        if self._pages.pop(key, None):
            self._changed[key] = None

    def forget(self, people: Iterable[str]) -> None:
        """Remove all pages of people who left the board."""
        gone = set(people)
        for key in [key for key in self._pages if key.partition(".")[0] in gone]:
            self.leave(key)

    def settle(self, ids: Iterable[str]) -> None:
        """A change has touched these shapes. Readers drop their wet ink and drags when they get it, and no sooner."""
        touched = dict.fromkeys(ids)
        self._settled |= touched
        for page in self._pages.values():
            page.settle(touched)
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
        """What changed since the last call, by page; None for a page that is gone."""
        changed, self._changed = self._changed, {}
        pages = {key: self._pages.get(key) for key in changed}
        news = {key: page and page.news() for key, page in pages.items()}
        return {key: one for key, one in news.items() if one != {}}

    def state(self) -> dict[str, Any]:
        """All pages, for a new reader, right after `news`."""
        return {key: page.state() for key, page in self._pages.items()}

    # Other processes

    def publish(self, now: float) -> str:
        """The pages that this process holds, as JSON: those with the latest reports first, as many as fit."""
        pieces, size = [], 2
        ours = [(page.seen_at, key, page) for key, page in self._pages.items() if page.process == self.process]
        for _, key, page in sorted(ours, key=lambda one: one[:2], reverse=True):
            piece = orjson.dumps({key: page.published(now)})[1:-1]
            if size + len(piece) + 1 <= MAX_PUBLISHED:  # a page with more than fits keeps nobody else's from fitting
                pieces.append(piece)
                size += len(piece) + 1
        return (b"{" + b",".join(pieces) + b"}").decode() if pieces else ""

    def ask_whole(self, now: float) -> None:
        """Publish wet ink from its first point for a while: another process is new, or missed some."""
        for page in self._pages.values():
            for stroke in page.wet.values():
                stroke.ask_whole(now)

    def take(self, published: Mapping[str, str], now: float) -> None:
        """The latest document of each process."""
        for process, text in published.items():
            if process != self.process:
                self._take(process, orjson.loads(text), now)
        for process in self._processes - published.keys():
            self._take(process, {}, now)
        self._processes = set(published) - {self.process}

    def _take(self, process: str, pages: Mapping[str, Any], now: float) -> None:
        for key, there in pages.items():
            here = self._pages.get(key)
            if here and there["seq"] <= here.seq:
                continue
            page = here or self._open(key, there["name"], now)
            seq, page.seq, page.process = page.seq, there["seq"], process
            page.seen_at = page.inked_at = page.dragged_at = now
            if process not in self._processes:
                page.seen_at = now - LIFE + FIRST
            for name in page.fields.keys() | there["fields"].keys():
                page.set(name, there["fields"].get(name))
            page.dry(*(page.wet.keys() - {piece["id"] for piece in there["wet"]}))
            for piece in there["wet"]:
                try:
                    self._draw(page, piece["kind"], piece)
                except Gap:
                    self.missed, page.seq = True, seq  # so the same report, with all its points, counts as new
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

    def _draw(self, page: Page, kind: str, piece: Mapping[str, Any] | None) -> None:
        if piece is None:
            page.dry_all(kind)
        elif piece["id"] not in self._settled:
            page.draw(kind, piece)
