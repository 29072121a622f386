"""All that one person did since each of some moments."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from itertools import accumulate
from zoneinfo import ZoneInfo

from app.convex.history_records import Deed, Sitting
from app.history.days import clock, heading

CHOICES = 5  # moments, besides the first one


def since_each(sittings: Sequence[Sitting]) -> list[Sitting]:
    """Of a person's sittings, the latest first: the last one, the last two, and so on, and all together."""
    sums = list(accumulate(sittings, together))
    return sums if len(sums) <= CHOICES else [*sums[:CHOICES], sums[-1]]


def together(later: Sitting, earlier: Sitting) -> Sitting:
    counts: Counter[tuple[str, str]] = Counter()
    for deed in (*later.deeds, *earlier.deeds):
        counts[deed.verb, deed.kind] += deed.count
    deeds = [Deed(verb, kind, count) for (verb, kind), count in counts.items()]
    changes = later.changes + earlier.changes
    return Sitting(later.author, later.person, later.name, earlier.start, later.end, changes, deeds)


def moment(ts: int, zone: ZoneInfo, now: float) -> str:
    """Such as "Today, 13:02"."""
    at = clock(ts, zone)
    return f"{heading(at, datetime.fromtimestamp(now, zone))}, {at:%H:%M}"
