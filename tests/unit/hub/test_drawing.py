import asyncio
from collections.abc import Sequence
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.drawing import render
from app.drawing.measure import bounds
from app.hub.change import Change
from app.hub.drawing import Drawing
from app.shapes import Find, Shape, Stroke, shape_of
from app.shapes.points import pack
from tests.unit.feed import arrow, stroke
from tests.unit.hub.page import Page, canonical

IDS = "abcdefgh"
boards = st.dictionaries(st.sampled_from(IDS), st.integers(0, 4).map(float))


def change(ts: int, *put: Shape, **parts: object) -> Change:
    return Change(ts, f"c{ts}", "u1", None, list(put), **parts)  # type: ignore[arg-type]


def shape(id: str, ts: int, z: float = 0.0) -> Shape:
    return Stroke.from_wire(stroke(id, ts, z))


def drawing(zs: dict[str, float]) -> Drawing:
    made = Drawing(render.shapes, bounds)
    made.load(shape(id, 1, z) for id, z in zs.items())
    return made


def ids(drawing: Drawing) -> list[str]:
    return [shape.id for shape in drawing.shapes()]


@given(boards, boards, st.sets(st.sampled_from(IDS)))
def test_a_page_that_follows_the_placements_has_the_boards_order(
    before: dict[str, float], after: dict[str, float], repeated: set[str]
) -> None:
    page = Page(1, ids(drawing(before)))
    now = drawing(after)
    touched = {id: before.get(id) for id in IDS if before.get(id) != after.get(id) or id in repeated}
    removed, placed = now.placed(touched)
    elements = zip(now.pictures(id for id, _ in placed), [place for _, place in placed], strict=True)
    page.take(f"id: 2\ndata: {render.changes(2, removed, elements)}\n\n")
    assert page.order == ids(now)


@given(st.permutations(IDS))
def test_shapes_are_in_the_order_of_z_and_then_id(put: list[str]) -> None:
    made = drawing({id: float(ord(id) % 3) for id in put})
    assert ids(made) == sorted(IDS, key=lambda id: (ord(id) % 3, id))


def test_what_is_older_than_the_shape_changes_nothing() -> None:
    made = Drawing(render.shapes, bounds)
    made.load([shape("a", 5)])
    for stale in (change(4, shape("a", 4, z=9)), change(5, patch={"a": {"z": 9.0}}), change(3, remove=["a"])):
        made.apply(stale)
    assert [(shape.id, shape.z) for shape in made.shapes()] == [("a", 0)]


def test_patches_and_removals_of_unknown_shapes_change_nothing() -> None:
    made = Drawing(render.shapes, bounds)
    made.apply(change(1, patch={"a": {"x": 1.0}}, remove=["b"]))
    assert made.shapes() == []
    assert made.bounds() is None


def test_a_shape_is_drawn_once_for_each_change_of_it() -> None:
    drawn: list[str] = []

    def draw(shapes: Sequence[Shape], find: Find) -> list[str]:
        drawn.extend(shape.id for shape in shapes)
        return render.shapes(shapes, find)

    made = Drawing(draw, bounds)
    made.load([shape("a", 1), shape("b", 1)])
    assert made.svg() == made.svg()
    made.apply(change(2, patch={"a": {"x": 1.0}}))
    made.apply(change(3, patch={"a": {"x": 2.0}}))
    assert 'id="a"' in made.svg()
    assert drawn == ["a", "b", "a"]


async def test_the_event_loop_goes_on_while_much_is_drawn() -> None:
    points, pressures = pack([value for n in range(600) for value in (3 * n, n % 40)]), " ".join(["50", "70"] * 300)
    ink = [Stroke.from_wire(stroke(f"s{n}", 1, points=points, pressures=pressures, width=1 + n / 8)) for n in range(60)]
    made = Drawing(render.shapes, bounds)
    made.apply(put := change(1, *ink))
    preparing = asyncio.create_task(made.prepare_touched([put]))
    turns = 0
    while not preparing.done():
        await asyncio.sleep(0)
        turns += 1
    assert turns > 10
    assert len(made._pictures._svg) == len(made._pictures._boxes) == 60


def test_bounds_are_those_of_what_is_live() -> None:
    made = Drawing(render.shapes, bounds)
    made.load([shape("a", 1), shape("b", 1)])
    made.apply(change(2, patch={"b": {"x": 100.0}}))
    assert made.bounds() == (-2, -2, 122, 7)
    made.apply(change(3, remove=["b"]))
    assert made.bounds() == (-2, -2, 22, 7)


def ends(shapes: Sequence[Shape], find: Find) -> list[str]:
    """Draws of a line what it is bound to, and where that is."""
    drawn = []
    for shape in shapes:
        bound = [f"{id}@{other.x}" for id in getattr(shape, "bound", ()) if (other := find(id))]
        drawn.append(f'<path id="{shape.id}" class="{" ".join(bound)}"/>')
    return drawn


SHAPES = st.builds(
    lambda id, to, z: (id, to, float(z)), st.sampled_from(IDS), st.sampled_from([None, *IDS]), st.integers(0, 3)
)
PUTS = st.builds(lambda made: ("put", *made), SHAPES)
MOVES = st.builds(lambda id, x: ("move", id, float(x)), st.sampled_from(IDS), st.integers(0, 3))
REMOVALS = st.builds(lambda id: ("remove", id), st.sampled_from(IDS))


@given(st.lists(st.lists(st.one_of(PUTS, MOVES, REMOVALS), min_size=1, max_size=3, unique_by=lambda op: op[1])))
def test_lines_follow_the_shapes_that_they_are_bound_to(steps: list[list[tuple[Any, ...]]]) -> None:
    made, page = Drawing(ends, bounds), Page()
    for ts, step in enumerate(steps, 1):
        done = change(ts)
        for op in step:
            match op:
                case "put", id, None, z:
                    done.put.append(shape(id, ts, z))
                case "put", id, to, z:
                    done.put.append(shape_of(arrow(id, to, "a", ts, z)))
                case "move", id, x:
                    done.patch[id] = {"x": x}
                case "remove", id:
                    done.remove.append(id)
        made.apply(done)
        removed, placed = made.placed(done.before)
        elements = zip(made.pictures(id for id, _ in placed), [place for _, place in placed], strict=True)
        page.take(f"id: {ts}\ndata: {render.changes(ts, removed, elements)}\n\n")
        live = made.shapes()
        assert page.order == [shape.id for shape in live]
        fresh = ends(live, {shape.id: shape for shape in live}.get)
        assert page.drawn == {shape.id: canonical(svg) for shape, svg in zip(live, fresh, strict=True)}
    assert len(made._bindings) == len({id for shape in made.shapes() for id in getattr(shape, "bound", ())})


def test_a_snapshots_lines_follow_moves_and_removals_during_its_writing() -> None:
    for later in (change(2, patch={"a": {"x": 700.0}}), change(2, remove=["a"])):
        made = drawing({"a": 0.0})
        made.load([shape_of(arrow("tied", "a", None))])
        kept = made.drawn(["tied"])
        made.apply(later)
        kept += made.drawn(["a"])
        next_time = Drawing(render.shapes, bounds)
        next_time.restore(kept)
        next_time.apply(later)
        assert next_time.svg() == made.svg()
        assert next_time.bounds() == made.bounds()


async def test_the_lines_of_a_moved_shape_are_drawn_before_they_are_sent() -> None:
    """Thousands may be bound to one shape: they are drawn in slices, like everything else."""
    made = drawing({"a": 0.0})
    made.load([shape_of(arrow("tied", "a", None))])
    made.svg()
    moved = change(2, patch={"a": {"x": 700.0}})
    made.apply(moved)
    assert "tied" not in made._pictures._svg
    await made.prepare_touched([moved])
    assert "tied" in made._pictures._svg
