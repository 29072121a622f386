from app.hub.presence.people import GRACE, LEASE, Face, People
from tests.unit.feed import Ana


def row(process: str, beat: float, *names: str) -> dict[str, object]:
    people = [{"id": f"{name.lower()}0", "name": name, "color": 0.0} for name in names]
    return {"process": process, "people": people, "beat": beat}


def names(people: People) -> list[str]:
    return [face.name for face in people.everyone()]


def test_somebody_in_several_tabs_is_there_once_until_the_last_is_closed() -> None:
    people = People("here")
    people.join(Ana())
    people.join(Ana())
    people.take([row("there", 1, "Ana", "Ben")], now=0)
    assert names(people) == ["Ana", "Ben"]
    people.leave(Ana(), now=1)
    people.expire(1 + 2 * GRACE, connected=True)
    assert people.here() == [Face("Ana", "ana0")]
    people.leave(Ana(), now=5)
    people.expire(5 + 2 * GRACE, connected=True)
    assert people.here() == []


def test_a_reload_is_no_leaving() -> None:
    people = People("here")
    people.join(Ana())
    people.leave(Ana(), now=0)
    people.expire(GRACE / 2, connected=True)
    assert names(people) == ["Ana"]
    people.join(Ana())
    people.expire(100, connected=True)
    assert names(people) == ["Ana"]


def test_our_own_lease_is_not_read() -> None:
    people = People("here")
    people.take([row("here", 1, "Ana")], now=0)
    assert names(people) == []


def test_a_lease_ends_without_its_beat_and_returns_with_the_next() -> None:
    people = People("here")
    people.take([row("there", 1, "Ben")], now=0)
    people.expire(LEASE - 1, connected=True)
    people.take([row("there", 1, "Ben")], now=LEASE - 1)
    assert names(people) == ["Ben"]
    people.expire(LEASE + 1, connected=True)
    assert names(people) == []
    people.take([row("there", 1, "Ben")], now=LEASE + 2)
    assert names(people) == []
    people.take([row("there", 2, "Ben")], now=LEASE + 3)
    assert names(people) == ["Ben"]


def test_no_lease_runs_out_while_the_feed_is_cut() -> None:
    people = People("here")
    people.take([row("there", 1, "Ben")], now=0)
    people.expire(10 * LEASE, connected=False)
    people.expire(10 * LEASE + 1, connected=True)
    assert names(people) == ["Ben"]


def test_a_lease_that_is_gone_is_gone_at_once() -> None:
    people = People("here")
    people.take([row("there", 1, "Ben"), row("elsewhere", 7, "Ben", "Cat")], now=0)
    people.take([row("there", 1, "Ben"), row("elsewhere", 8)], now=1)
    assert names(people) == ["Ben"]
