"""Drawings of Excalidraw's and what they are here, to hold both readers together: the server's and the page's.

    .venv/bin/python -m tests.exchanged

writes `tests/fixtures/excalidraw.json` anew. Look at what changed.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from app.exchange.excalidraw.elements import shapes_of
from app.exchange.ground.complete import complete
from harness.drawings import element

FIXTURE = Path(__file__).parent / "fixtures/excalidraw.json"
Json = dict[str, Any]


def text(id: str, said: str = "Buy milk", **fields: Any) -> Json:
    given = {"originalText": said, "text": said, "fontSize": 20, "textAlign": "left", "verticalAlign": "middle"}
    return element(id, "text", **{"width": 90, "height": 25, **given, **fields})


def line(id: str, type: str = "arrow", **fields: Any) -> Json:
    given = {"points": [[0, 0], [100, 0]], "startArrowhead": None, "endArrowhead": "arrow"}
    return element(id, type, **{"height": 0, **given, **fields})


BOXES = [element("a"), element("b", "ellipse", x=300, width=80, height=80, angle=0.5)]
DRAWINGS: dict[str, list[Json]] = {
    "a box with a label": [element("a", roundness={"type": 3}), text("t", containerId="a", textAlign="center")],
    "a title in a roomy box": [
        element("a", height=300),
        text("t", containerId="a", verticalAlign="top"),
        element("b", x=500, height=40),
        text("u", containerId="b", verticalAlign="bottom"),
    ],
    "colours": [
        element("a", backgroundColor="#ffc9c9", fillStyle="hachure"),
        element("b", backgroundColor="#a5d8ff", strokeColor="#e03131"),
        text("t", strokeColor="#1971c2", x=10, y=10),
        element("c", strokeColor="transparent", backgroundColor="#abc"),
        element("d", strokeColor="rebeccapurple", strokeStyle="dashed", strokeWidth=4, opacity=40, locked=True),
    ],
    "texts": [
        text("a", textAlign="center"),
        text("b", textAlign="right", x=5.25),
        text("c", textAlign="right", angle=1),
        text("d", "a\r\nb\x07c", autoResize=False, width=120.123),
    ],
    "turned": [element("a", angle=0.7), line("b", "line", angle=-1, endArrowhead=None)],
    "bound where it was seen": [
        *BOXES,
        line("c", x=104, y=25, points=[[0, 0], [190, 10]], startBinding={"elementId": "a", "focus": 0, "gap": 4}),
        line("d", x=50, y=54, points=[[0, 0], [60, 90], [270, 5]], endBinding={"elementId": "b", "gap": 1}),
        line("e", endBinding={"elementId": "gone"}),
    ],
    "bound at a fixed point": [
        *BOXES,
        line("c", x=100, y=20, startBinding={"elementId": "a", "fixedPoint": [1.02, 0.4]}, elbowed=True, roundness={}),
    ],
    "heads": [line(f"l{n}", startArrowhead=head) for n, head in enumerate(("bar", "circle", "crowfoot_many", 7))],
    "ink": [
        line("a", "freedraw", points=[[0, 0], [5, 5.56], [9, 1]], pressures=[0.2, 0.5, 0.914], simulatePressure=False),
        line("b", "freedraw", points=[[0, 0], [5, 5]], pressures=[0.5, 0.5], simulatePressure=True, strokeWidth=1),
        line("c", "freedraw", points=[[3, 4]]),
    ],
    "groups": [element("a", groupIds=["in", "out"]), element("b", groupIds=["out"]), element("c", groupIds=[])],
    "frames, pictures, embeds": [
        element("a", "frame", name="Plan"),
        element("b", "magicframe"),
        element("c", "image", fileId="f", scale=[-1, 1]),
        element("d", "embeddable", link="https://example.org/v"),
    ],
    "what is not known": [element("a", "spiral"), element("b", "selection"), {"id": "c"}, element("d", isDeleted=True)],
}


def plain(shapes: list[Json]) -> list[Json]:
    """With places in place of ids, so that both sides can be compared."""
    ids = {shape["id"]: n for n, shape in enumerate(shapes)}
    groups: dict[str, int] = {"": 0}
    found = []
    for shape in shapes:
        group = groups.setdefault(shape["group"], len(groups))
        bound = {end: shape[end] for end in ("from", "to") if shape.get(end)}
        ends = {end: {**one, "id": ids[one["id"]]} if one["id"] in ids else None for end, one in bound.items()}
        found.append({**shape, "id": ids[shape["id"]], "group": group, **ends})
    return found


def read(elements: list[Json]) -> list[Json]:
    return plain([complete(shape) for shape in shapes_of(elements, Counter())])


if __name__ == "__main__":
    made = {name: {"elements": elements, "shapes": read(elements)} for name, elements in DRAWINGS.items()}
    FIXTURE.write_text(json.dumps(made, indent=1) + "\n")
