"""What happened on a board, under the days on which it did, as the reader's clock has them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from app.convex.history_records import Sitting, Version
from app.history.words import told

GOING_ON = 600  # s: whoever drew within them may go on with that


@dataclass(frozen=True)
class Entry:
    """A sitting or a named version: `ts` is the moment that it leads to."""

    ts: int
    time: str
    iso: str
    sitting: Sitting | None = None
    version: Version | None = None
    words: str = ""
    running: bool = False


@dataclass
class Day:
    key: str
    """Such as 2026-12-01."""

    heading: str
    entries: list[Entry] = field(default_factory=list)


def days(sittings: Iterable[Sitting], versions: Iterable[Version], zone: ZoneInfo, now: float) -> list[Day]:
    """The latest first."""
    entries = [of_sitting(one, zone, now) for one in sittings] + [of_version(one, zone) for one in versions]
    found: list[Day] = []
    for entry in sorted(entries, key=lambda entry: (-entry.ts, entry.sitting is not None)):
        day = clock(entry.ts, zone)
        if not found or found[-1].key != f"{day:%Y-%m-%d}":
            found.append(Day(f"{day:%Y-%m-%d}", heading(day, datetime.fromtimestamp(now, zone))))
        found[-1].entries.append(entry)
    return found


def within(versions: Sequence[Version], sittings: Sequence[Sitting], cursor: str | None, last: bool) -> list[Version]:
    """The versions that belong on a page of sittings: later than the last one of it, and not on the page before."""
    before = int(cursor) if cursor else None
    floor = 0 if last or not sittings else sittings[-1].end
    return [version for version in versions if version.ts >= floor and (before is None or version.ts < before)]


def of_sitting(sitting: Sitting, zone: ZoneInfo, now: float) -> Entry:
    start, end = clock(sitting.start, zone), clock(sitting.end, zone)
    running = sitting.end / 1e9 > now - GOING_ON
    first, last = f"{start:%H:%M}", "now" if running else f"{end:%H:%M}"
    time = first if first == last else f"{first} – {last}"
    return Entry(sitting.end, time, start.isoformat(), sitting=sitting, words=told(sitting.deeds), running=running)


def of_version(version: Version, zone: ZoneInfo) -> Entry:
    at = clock(version.ts, zone)
    return Entry(version.ts, f"{at:%H:%M}", at.isoformat(), version=version)


def clock(ts: int, zone: ZoneInfo) -> datetime:
    """A ts is in ns since the epoch."""
    return datetime.fromtimestamp(ts // 10**9, zone)


def heading(day: datetime, now: datetime) -> str:
    past = (now.date() - day.date()).days
    if past in (0, 1):
        return ("Today", "Yesterday")[past]
    return f"{day:%A, %-d %B}" + ("" if day.year == now.year else f" {day.year}")
