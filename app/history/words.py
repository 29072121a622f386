"""What somebody did in one go, in words: "drew 34 strokes, moved 5, edited 3 notes"."""

from collections.abc import Iterable, Sequence

from app.convex.history_records import Deed

# In the order in which they are told. {} is what was done to: "34 strokes", or "5" after something else was told.
VERBS = {
    "drew": "drew {}",
    "added": "added {}",
    "wrote": "edited {}",
    "moved": "moved {}",
    "resized": "resized {}",
    "restyled": "restyled {}",
    "arranged": "rearranged {}",
    "changed": "changed {}",
    "removed": "deleted {}",
    "restored": "brought back {}",
    "undid": "took back {}",
    "redid": "redid {}",
    "cleared": "cleared the board",
    "uncleared": "brought back what was cleared",
    "tookback": "took back what somebody did",
    "wentback": "restored an earlier moment",
}
ADDED = {"text", "note", "image", "frame"}
OF_CHANGES = {"undid": "change", "redid": "change"}
NAMES = {"image": "picture", "": "shape"}
MOST = 2  # kinds that are told by name


def told(deeds: Iterable[Deed]) -> str:
    by_verb: dict[str, list[Deed]] = {}
    for deed in deeds:
        verb = "added" if deed.verb == "drew" and deed.kind in ADDED else deed.verb
        by_verb.setdefault(verb, []).append(deed)
    parts: list[str] = []
    for verb, words in VERBS.items():
        if verb in by_verb:
            parts.append(words.format(objects(verb, by_verb[verb], first=not parts)))
    return ", ".join(parts) or "took something back"


def objects(verb: str, deeds: Sequence[Deed], *, first: bool) -> str:
    if len(deeds) == 1 and not deeds[0].kind and verb not in OF_CHANGES and not first:
        return str(deeds[0].count)
    most = sorted(deeds, key=lambda deed: -deed.count)
    named = [counted(deed.count, OF_CHANGES.get(verb) or name_of(deed.kind, verb)) for deed in most[:MOST]]
    if rest := sum(deed.count for deed in most[MOST:]):
        named.append(f"{rest} more")
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"


def name_of(kind: str, verb: str) -> str:
    if not kind and verb == "wrote":
        return "text"
    return NAMES.get(kind, kind.replace("-", " "))


def counted(count: int, name: str) -> str:
    return f"{count:,} {name if count == 1 else f'{name}s'}"
