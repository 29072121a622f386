"""What pages report, for the tests of awareness."""

from app.hub.presence.awareness import Awareness

ANA, BEN = "a" * 16 + ".1", "b" * 16 + ".1"


def ink(start: int, *points: float, id: str = "s1", **fields: object) -> dict[str, object]:
    return {"ink": {"id": id, "from": start, "points": list(points), "color": "red", "width": 2.0, **fields}}


def report(
    awareness: Awareness, what: dict[str, object], now: float = 0.0, key: str = ANA, seq: int | None = None
) -> None:
    awareness.report(key, "Ana", seq, what, now)


def points(awareness: Awareness, key: str = ANA) -> list[float]:
    pieces = awareness.state().get(key, {}).get("ink", [])
    return pieces[0]["points"] if pieces else []
