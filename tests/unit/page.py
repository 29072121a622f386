"""What a page does with the stream, without a browser: the rules of static/js/swap.js on a list of ids."""

import re
from dataclasses import dataclass, field

from app.hub import Mailbox

ELEMENT = re.compile(r'<desc data-removed="([\w-]+)"/>|<path(?: data-before="([\w-]*)")? id="([\w-]+)"[^>]*/>')
FRAME = re.compile(r'id: (\d+)\ndata: <svg data-ts="(\d+)"( data-whole)?>(.*)</svg>\n\n')


@dataclass
class Page:
    ts: int = 0
    order: list[str] = field(default_factory=list)
    drawn: dict[str, str] = field(default_factory=dict)

    def take(self, text: str) -> None:
        """All frames in a piece of the stream."""
        for id, ts, whole, content in FRAME.findall(text):
            assert id == ts
            if int(ts) <= self.ts:
                continue
            self.ts = int(ts)
            if whole:
                self.order, self.drawn = [], {}
            for match in ELEMENT.finditer(content):
                self._apply(match[0], *match.groups())

    def _apply(self, element: str, removed: str | None, before: str | None, id: str) -> None:
        if removed:
            self.drawn.pop(removed, None)
            self.order = [other for other in self.order if other != removed]
            return
        self.drawn[id] = element.replace(f' data-before="{before}"', "")
        if before is None and id in self.order:
            return
        self.order = [other for other in self.order if other != id]
        self.order.insert(self.order.index(before) if before in self.order else len(self.order), id)


def waiting(mailbox: Mailbox) -> str:
    """What the reader would be sent now."""
    messages, mailbox._messages, mailbox._bytes = mailbox._messages, [], 0
    return b"".join(messages).decode()
