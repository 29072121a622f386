"""What requests ask of a board."""

import asyncio
from typing import Any

from app.drawing import render
from app.drawing.measure import bounds
from app.exchange.ground.complete import record
from app.hub.cells import Cells
from app.hub.change import Change
from app.hub.drawing import Drawing
from app.hub.view import View
from app.shapes import Shape


def shape(kind: str, id: str, **fields: Any) -> Shape:
    made = record({"id": id, "kind": kind, **fields})
    assert made
    return made


async def test_the_event_loop_goes_on_while_shapes_are_measured() -> None:
    drawing = Drawing(render.shapes, bounds)
    notes = [shape("note", f"n{n}", w=90.0, h=90.0, text="word " * 100) for n in range(200)]
    drawing.load([*notes, shape("stroke", "s", points=[0.0, 0.0, 9.0, 9.0])])
    measuring = asyncio.create_task(View(drawing, Cells(drawing), 5_000).measured())
    turns = 0
    while not measuring.done():
        await asyncio.sleep(0)
        turns += 1
        if turns == 5:
            drawing.apply(Change(2, "c", "u1", None, [], remove=["n199"]))
    found, strokes = await measuring
    assert turns > 20
    assert (len(found), strokes) == (199, 1)
