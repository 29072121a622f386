"""A large board by cells."""

import asyncio

from app.hub import Hubs
from app.hub.cells import SLICE
from tests.unit.feed import Ana, MemoryBoard, arrow
from tests.unit.hub.page import waiting
from tests.unit.hub.waits import arrival


async def test_readers_by_cells_get_the_z_of_shapes_and_the_changed_cells(board: MemoryBoard, hubs: Hubs) -> None:
    hub = await hubs.open("b")
    board.put("a", z=1.5)
    assert await hub.reach(board.ts)
    assert [count for *_, count in (await hub.view.cells()).counts()] == [1]
    mailbox = await hub.join(Ana(), None, "cells")
    told = ""

    async def until(part: str) -> None:
        nonlocal told
        while part not in told:
            await arrival(mailbox)
            told += waiting(mailbox)

    async with asyncio.timeout(10):
        board.put("b", z=0.5, x=1_200.0)
        await until('data-cells="2,0 "')
        assert '<path data-z="0.5" id="b"' in told
        board.commit({"type": "patch", "id": "a", "set": {"x": 600.0}})
        await until('data-cells="0,0 1,0 "')
        board.commit({"type": "remove", "id": "a"})
        await until('data-cells="1,0 "')
        assert '<desc data-removed="a"/>' in told


async def test_a_reader_by_cells_with_an_unknown_gap_loads_anew(board: MemoryBoard, hubs: Hubs) -> None:
    seen = board.put("a")
    hub = await hubs.open("b")
    board.put("b")
    assert await hub.reach(board.ts)
    told = waiting(await hub.join(Ana(), seen, "cells"))
    assert f'<svg data-ts="{board.ts}" data-whole></svg>' in told
    assert "<path" not in told


async def test_a_cell_from_afar_has_one_path_for_each_colour_and_width(board: MemoryBoard, hubs: Hubs) -> None:
    for n in range(4):
        board.put(f"s{n}", x=10.0 * n, color="red" if n else "blue", points="0 0 100 50 100 -50")
    cells = await (await hubs.open("b")).view.cells()
    assert await cells.far((0, 0)) == (
        '<path class="blue" stroke-width="4" d="M0 0l10 5 10-5"/>'
        '<path class="red" stroke-width="4" d="M10 0l10 5 10-5M20 0l10 5 10-5M30 0l10 5 10-5"/>'
    )
    assert await cells.far((7, 7)) == ""


async def test_what_changes_while_cells_are_made_is_in_them(board: MemoryBoard, hubs: Hubs) -> None:
    for n in range(2 * SLICE):
        board.put(f"s{n}")
    hub = await hubs.open("b")
    making = asyncio.create_task(hub.view.cells())
    await asyncio.sleep(0)
    board.put("moved", x=1_200.0)
    board.commit(*({"type": "remove", "id": f"s{n}"} for n in range(SLICE, 2 * SLICE)))
    cells = await making
    assert await hub.reach(board.ts)
    assert sorted(cells.counts()) == [(0, 0, SLICE), (2, 0, 1)]
    drawing = asyncio.create_task(cells.far((0, 0)))
    await asyncio.sleep(0)
    board.commit({"type": "remove", "id": f"s{SLICE - 1}"})
    assert await hub.reach(board.ts)
    await drawing
    assert (await cells.far((0, 0))).count("M") == SLICE - 1


async def test_a_bound_arrow_ends_where_it_is_seen_from_afar_too(board: MemoryBoard, hubs: Hubs) -> None:
    board.put("s1", x=400.0, points="0 0 100 100")
    board.commit({"type": "put", "shape": arrow("tied", "s1", None, x=0.0, y=0.0, points="0 0 10 0")})
    cells = await (await hubs.open("b")).view.cells()
    drawn = "".join([await cells.far((x, 0)) for x in range(2)])
    assert "M392 5l" in drawn
