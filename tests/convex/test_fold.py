"""Whatever two people do at random: the stored shapes, the hub's drawing and the fold of the log are one board."""

from dataclasses import dataclass
from typing import Any, Self

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.shapes import shape_of
from tests.convex.conftest import Caller, live, new_id
from tests.people import Person
from tests.pictures import add
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


def touched(row: dict[str, Any]) -> set[str]:
    return {*(shape["id"] for shape in row["put"]), *row["patch"], *row["remove"]}


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
async def test_undo_changes_nothing_that_somebody_else_did_last(
    ana: Person, ben: Person, steps: list[tuple[bool, Any]]
) -> None:
    table = await Table.set(ana, ben)
    for first, step in steps:
        await act(ana if first else ben, table, step)
    before = {shape["id"]: shape for shape in await ana.shapes(table.board)}
    log = await rows(ana, table.board)
    undone = await act(ana, table, "undo")
    if not undone:
        return
    target = next(row for row in log if row["changeId"] == undone["undoes"])
    after = {shape["id"]: shape for shape in await ana.shapes(table.board)}
    changed = {id for id in before | after if before.get(id) != after.get(id)}
    assert target["author"] == ana.id
    assert changed <= touched(target)
    for id in touched(target):
        last = next(row for row in reversed(log) if id in touched(row))
        if last["author"] == ben.id and "undoes" not in last:
            assert id not in changed
            assert id in undone["kept"]
    await act(ana, table, "redo")
    assert {id: {**shape, "ts": ""} for id, shape in before.items()} == {
        shape["id"]: {**shape, "ts": ""} for shape in await ana.shapes(table.board)
    }


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


def drawn(shapes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is seen, in its order: not when it came about."""
    return [{name: value for name, value in shape.items() if name != "ts"} for shape in shapes]
