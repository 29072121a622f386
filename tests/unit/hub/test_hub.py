"""Every hub and every page comes to what the deployment has."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.drawing import render
from app.hub import Hub, Hubs
from app.shapes import Shape, shape_of
from tests.unit.feed import Ana, MemoryBoard, arrow, stroke
from tests.unit.hub.page import Page, canonical, waiting
from tests.unit.hub.waits import shown, stored, turns

IDS = "abcdef"
ID = st.sampled_from(IDS)
Z = st.integers(0, 3).map(float)
operations = st.one_of(
    st.builds(lambda id, z: {"type": "put", "shape": stroke(id, z=z)}, ID, Z),
    st.builds(lambda id, z, to: {"type": "put", "shape": arrow(id, None, to, z=z)}, ID, Z, ID),
    st.builds(lambda id, z, x: {"type": "patch", "id": id, "set": {"z": z, "x": x}}, ID, Z, Z),
    st.builds(lambda id: {"type": "remove", "id": id}, ID),
    st.builds(lambda id: {"type": "restore", "id": id}, ID),
)
commits = st.lists(operations, min_size=1, max_size=3, unique_by=lambda op: op.get("id") or op["shape"]["id"])
steps = st.lists(st.one_of(commits, st.sampled_from(["quiet", "tell", "turn", "open", "join", "rejoin"])), max_size=40)


def pictures(hub: Hub) -> dict[str, str]:
    return drawings(hub.view.shapes())


def drawings(shapes: list[Shape]) -> dict[str, str]:
    drawn = render.shapes(shapes, {shape.id: shape for shape in shapes}.get)
    return {shape.id: canonical(svg) for shape, svg in zip(shapes, drawn, strict=True)}


@settings(max_examples=300, deadline=None)
@given(steps)
async def test_every_hub_and_every_page_comes_to_what_the_deployment_has(steps: list[Any]) -> None:
    """Whatever the changes, however they are cut up and delayed, whenever hubs open and pages come and come back."""
    board = MemoryBoard()
    fleet = [Hubs(board), Hubs(board)]
    readers: list[tuple[Page, Any]] = []
    for number, step in enumerate(steps):
        which = fleet[number % 2]
        match step:
            case "quiet" | "tell":
                board.quiet = step == "quiet"
                board.tell()
            case "turn":
                await turns(3)
            case "open":
                await which.open("b")
            case "join":
                hub = await which.open("b")
                page = Page(hub.ts, [shape.id for shape in hub.view.shapes()], pictures(hub))
                readers.append((page, await hub.join(Ana(), page.ts, "html")))
            case "rejoin" if readers:
                page, mailbox = readers.pop(0)
                page.take(waiting(mailbox))
                readers.append((page, await (await which.open("b")).join(Ana(), page.ts, "html")))
            case [*ops]:
                board.commit(*ops)
    board.quiet = False
    board.tell()
    for opened in fleet:
        hub = await opened.open("b")
        assert await hub.reach(board.ts)
        hub._pacing.flush()
        assert shown(hub) == stored(board)
        for page, mailbox in readers:
            page.take(waiting(mailbox))
    for page, _ in readers:
        assert page.order == [id for _, id, _ in stored(board)]
        assert page.drawn == drawings([shape_of(shape) for shape in board.live.values()])
    for opened in fleet:
        await opened.drain()
