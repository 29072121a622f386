"""What a page does with the stream, without a browser: the rules of browser/sync/swap.ts on a list of ids."""

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field

from app.hub import Mailbox

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
            for element in ET.fromstring(f"<svg>{content}</svg>"):
                self._apply(element)

    def _apply(self, element: ET.Element) -> None:
        if removed := element.get("data-removed"):
            self.drawn.pop(removed, None)
            self.order = [other for other in self.order if other != removed]
            return
        id, before = element.attrib["id"], element.attrib.pop("data-before", None)
        self.drawn[id] = ET.tostring(element, "unicode")
        if before is None and id in self.order:
            return
        self.order = [other for other in self.order if other != id]
        self.order.insert(self.order.index(before) if before in self.order else len(self.order), id)


def canonical(svg: str) -> str:
    """An element as a page writes it."""
    return ET.tostring(ET.fromstring(svg), "unicode")


def waiting(mailbox: Mailbox) -> str:
    """What the reader would be sent now."""
    frames, mailbox._frames, mailbox._bytes = mailbox._frames, [], 0
    return b"".join(frames).decode()
