"""Whatever two people do at random: the stored shapes, the hub's drawing and the fold of the log are one board."""

from dataclasses import dataclass
from typing import Any, Self

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.shapes import shape_of
from harness.people import Person
from harness.pictures import add
from tests.convex.conftest import Caller, live, new_id
from tests.unit.kinds import FULL, full, least

Board = dict[str, dict[str, Any]]

IDS = st.sampled_from("abcde")
SHAPES = st.builds(
    lambda made, kind, id: made(kind, id), st.sampled_from([least, full]), st.sampled_from(list(FULL)), IDS
)
PLACES = st.one_of(
    st.sampled_from(["front", "back"]),
    st.integers(-3, 3).map(float),
    st.builds(lambda word, id: {word: id}, st.sampled_from(["above", "below"]), IDS),
)
# A kind may lack some of these: then the change is refused, and must have done nothing.
FIELDS = st.fixed_dictionaries(
    {"x": st.integers(0, 9).map(float)},
    optional={
        "z": PLACES,
        "color": st.sampled_from(["red", "blue"]),
        "text": st.sampled_from(["", "one", "two"]),
        "points": st.sampled_from([[0.0, 0.0, 1.0, 1.0], [5.0, 5.0, 1.5, 1.0]]),
        "to": st.builds(lambda id: {"id": id, "at": [0.5, 0.5]}, IDS),
        "group": st.sampled_from(["", "g"]),
    },
)
OPERATIONS = st.one_of(
    st.builds(lambda shape: ("put", shape["id"], shape), SHAPES),
    st.builds(lambda id, fields: ("patch", id, fields), IDS, FIELDS),
    st.builds(lambda id: ("remove", id, None), IDS),
)
TOGETHER = {"points", "pressures"}  # they go back together, or stay
CHANGES = st.lists(OPERATIONS, min_size=1, max_size=3, unique_by=lambda operation: operation[1])
STEPS = st.lists(st.tuples(st.booleans(), st.one_of(CHANGES, CHANGES, st.sampled_from(["undo", "redo"]))), max_size=25)


@dataclass
class Table:
    """A board, and a picture that images on it may show."""

    board: str
    file: str

    @classmethod
    async def set(cls, owner: Person, guest: Person) -> Self:
        board = await owner.create_board("Folded", "link-edit")
        return cls(board, (await add(guest, board))["file"])


async def act(person: Person, table: Table, step: Any) -> Any:
    """One request; its answer, None if it was refused."""
    board = table.board
    if isinstance(step, str):
        answer = await person.post(f"/boards/{board}/{step}", {"changeId": new_id()})
        assert answer.status in (200, 201), answer.body
        return answer.json
    change: dict[str, Any] = {"changeId": new_id(), "put": [], "patch": {}, "remove": []}
    for verb, id, what in step:
        if verb == "patch":
            change["patch"][id] = what
        else:
            change[verb].append({**what, "file": table.file} if what and "file" in what else what or id)
    answer = await person.post(f"/boards/{board}/changes", change)
    assert answer.status in (201, 409, 422), answer.body
    return answer.json if answer.status == 201 else None


async def rows(person: Person, board: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    after = "0"
    while after is not None:
        part = (await person.get(f"/boards/{board}/changes?after={after}")).json
        found, after = found + part["changes"], part["next"]
    return found


def fold(log: list[dict[str, Any]]) -> Board:
    """The board by the rule that readers follow: what is no newer than the shape changes nothing."""
    shapes: Board = {}

    def newer(id: str, ts: str) -> bool:
        return id in shapes and int(ts) > int(shapes[id]["ts"])

    for row in log:
        for shape in row["put"]:
            if shape["id"] not in shapes or newer(shape["id"], shape["ts"]):
                shapes[shape["id"]] = shape
        for id, fields in row["patch"].items():
            if newer(id, row["ts"]):
                shapes[id] = {**shapes[id], **fields, "ts": row["ts"]}
        for id in row["remove"]:
            if newer(id, row["ts"]):
                del shapes[id]
    return shapes


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
async def test_two_people_s_changes_come_to_one_board_everywhere(
    ana: Person, ben: Person, relay: Caller, steps: list[tuple[bool, Any]]
) -> None:
    table = await Table.set(ana, ben)
    for first, step in steps:
        await act(ana if first else ben, table, step)
    hub = {shape["id"]: shape for shape in await ana.shapes(table.board)}
    stored = {id: shape_of(shape).json() for id, shape in (await live(relay, table.board)).items()}
    assert hub == stored
    assert list(hub) == sorted(hub, key=lambda id: (hub[id]["z"], id))
    assert fold(await rows(ben, table.board)) == stored


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
async def test_undo_takes_back_the_fields_that_nobody_has_set_since(
    ana: Person, ben: Person, steps: list[tuple[bool, Any]]
) -> None:
    table = await Table.set(ana, ben)
    states: dict[str, tuple[Board, Board]] = {}
    now = await board_of(ana, table)
    for first, step in steps:
        answer = await act(ana if first else ben, table, step)
        before, now = now, await board_of(ana, table)
        if answer:
            states[answer["changeId"]] = (before, now)
    undone = await act(ana, table, "undo")
    if not undone:
        return
    had, gave = states[undone["undoes"]]
    after = await board_of(ana, table)
    for id in now | after | gave:
        stays = went_back(had.get(id), gave.get(id), now.get(id), after.get(id))
        assert not stays or id in undone["kept"]
    assert set(undone["kept"]) <= {id for id in had | gave if had.get(id) != gave.get(id)}
    assert (await act(ana, table, "redo"))["kept"] == []
    assert await board_of(ana, table) == now


def went_back(had: Any, gave: Any, now: Any, after: Any) -> bool:
    """One shape: as it was before a change, after it, before its undo and after that. Whether something of it stays."""
    if had == gave:
        assert after == now
        return False
    if had is None or gave is None or now is None or had["kind"] != gave["kind"] or gave["kind"] != now["kind"]:
        assert after == (had if now == gave else now)
        return now not in (gave, had, None)
    assert after is not None
    changed = {name for name in gave if had[name] != gave[name]}
    back = {name for name in changed if now[name] == gave[name]}
    stays = {name for name in changed - back if now[name] != had[name]}
    if stays & TOGETHER:
        back -= TOGETHER
    assert after in ({**now, **{name: had[name] for name in back}}, now)
    return bool(stays)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(CHANGES, max_size=8))
async def test_all_that_one_person_did_is_taken_back_and_brought_back(
    ana: Person, ben: Person, changes: list[Any]
) -> None:
    table = await Table.set(ana, ben)
    states = [drawn(await ana.shapes(table.board))]
    for change in changes:
        if await act(ana, table, change):
            states.append(drawn(await ana.shapes(table.board)))
    for state in reversed(states[:-1]):
        assert (await act(ana, table, "undo"))["kept"] == []
        assert drawn(await ana.shapes(table.board)) == state
    assert await act(ana, table, "undo") == {}
    for state in states[1:]:
        assert (await act(ana, table, "redo"))["kept"] == []
        assert drawn(await ana.shapes(table.board)) == state
    assert await act(ana, table, "redo") == {}


async def board_of(person: Person, table: Table) -> Board:
    """What is seen, by the shapes' ids: not when it came about."""
    return {shape["id"]: shape for shape in drawn(await person.shapes(table.board))}


def drawn(shapes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is seen, in its order: not when it came about."""
    return [{name: value for name, value in shape.items() if name != "ts"} for shape in shapes]
