"""Four people do random things at once, now and then without a network: all boards are the stored board in the end.

`FUZZ_SEEDS=50 pytest tests/browser/test_fuzz.py` runs more; a seed that fails is printed with what everybody did.
"""

import asyncio
import json
import os
import random
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import TypeAlias

import aiohttp
import pytest
from playwright.async_api import Page, expect

from harness.people import Person
from harness.processes import Easel
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit

SEEDS = int(os.environ.get("FUZZ_SEEDS", "2"))
PEOPLE = 4
STEPS = 14  # of each person
LEFT, TOP, RIGHT, BOTTOM = 290, 110, 1060, 680  # of the canvas, where no panel is; screen px
PATIENCE = 45.0  # s until all agree: a lost stream waits up to 8 s before it is opened again

Place: TypeAlias = tuple[float, float]


@dataclass
class Hand:
    """Somebody at a board, with a mouse and a keyboard, and a die."""

    board: BoardPage
    die: random.Random
    done: list[str] = field(default_factory=list)
    offline: bool = False

    @property
    def page(self) -> Page:
        return self.board.page

    async def act(self) -> None:
        action = self.die.choice(ACTIONS)
        self.done.append(action.__name__)
        await action(self)

    def place(self) -> Place:
        return self.die.uniform(LEFT, RIGHT), self.die.uniform(TOP, BOTTOM)

    async def key(self, key: str) -> None:
        await self.page.keyboard.press(key)

    async def drag(self, *places: Place) -> None:
        mouse = self.page.mouse
        await mouse.move(*places[0])
        await mouse.down()
        for x, y in places[1:]:
            await mouse.move(x, y, steps=3)
        await mouse.up()

    async def back_online(self) -> None:
        if self.offline:
            await self.page.context.set_offline(False)
            self.offline = False


async def draw(hand: Hand) -> None:
    await hand.key("p")
    await hand.drag(*(hand.place() for _ in range(4)))


async def shape(hand: Hand) -> None:
    await hand.key(hand.die.choice("rdoal"))
    await hand.drag(hand.place(), hand.place())
    await hand.key("Escape")


async def write(hand: Hand) -> None:
    await hand.key(hand.die.choice("tn"))
    await hand.page.mouse.click(*hand.place())
    await hand.page.keyboard.type(hand.die.choice(["Milk", "two words", "ÄÖ <b>"]))
    await hand.key("Escape")


async def move(hand: Hand) -> None:
    await hand.key("v")
    await hand.key("Control+a")
    start = hand.place()
    await hand.drag(start, (start[0] + hand.die.uniform(-60, 60), start[1] + hand.die.uniform(-60, 60)))
    await hand.key("Escape")


async def choose(hand: Hand) -> None:
    await hand.key("v")
    await hand.drag(hand.place(), hand.place())  # a marquee, or a move of what is there


async def change(hand: Hand) -> None:
    """Something to what is chosen."""
    keys = ["Delete", "Control+d", "]", "[", "Control+]", "Control+[", "Control+g", "Control+Shift+g", "Shift+h"]
    await choose(hand)
    await hand.key(hand.die.choice([*keys, "ArrowRight", "Shift+ArrowDown"]))


async def color(hand: Hand) -> None:
    await choose(hand)
    await hand.page.evaluate(
        "color => document.querySelector(`#style [data-color='${color}'], [data-color='${color}']`)?.click()",
        hand.die.choice(["red", "blue", "green"]),
    )


async def erase(hand: Hand) -> None:
    await hand.key("e")
    await hand.drag(hand.place(), hand.place())


async def undo(hand: Hand) -> None:
    await hand.key("Control+z")


async def redo(hand: Hand) -> None:
    await hand.key("Control+Shift+z")


async def network(hand: Hand) -> None:
    """Goes, or comes back."""
    hand.offline = not hand.offline
    await hand.page.context.set_offline(hand.offline)


ACTIONS: list[Callable[[Hand], Awaitable[None]]] = [
    *(draw, draw, shape, shape, write, move, choose, change, change, color, erase, undo, undo, redo, network),
]


@pytest.mark.parametrize("seed", range(SEEDS))
async def test_the_boards_of_four_people_end_equal_to_the_stored_board(
    visit: Visit, easel: Easel, http: aiohttp.ClientSession, ana: Person, seed: int
) -> None:
    board = await ana.create_board(f"Fuzz {seed}", "link-edit")
    hands = []
    for n in range(PEOPLE):
        person = await Person.sign_in(http, easel.url, f"Person {n}")
        page = await BoardPage.open(await visit(person), f"{easel.url}/boards/{board}")
        hands.append(Hand(page, random.Random(1_000 * seed + n)))

    async def live(hand: Hand) -> None:
        for _ in range(STEPS):
            await hand.act()
        await hand.back_online()

    await asyncio.gather(*(live(hand) for hand in hands))
    try:
        for hand in hands:
            await hand.board.saved(timeout=PATIENCE * 1000)
            await expect(hand.page.locator(".drafts:not([data-pending])")).to_be_attached(timeout=PATIENCE * 1000)
        # One more change, which all are to see: then they have seen everything before it.
        last = str(uuid.uuid4())
        assert (await ana.draw(board, {"id": last, "kind": "stroke", "points": [0, 0]})).status == 201
        for hand in hands:
            await expect(hand.page.locator(f'#shapes > [id="{last}"]')).to_be_attached(timeout=PATIENCE * 1000)
        stored = await visit(ana, java_script_enabled=False)
        truth = BoardPage(await stored.new_page())
        await truth.page.goto(f"{easel.url}/boards/{board}")
        order, drawing = await truth.shape_ids(), await truth.drawing()
        for n, hand in enumerate(hands):
            assert await hand.board.drawing() == drawing, f"person {n} has another drawing"
            assert await hand.board.shape_ids() == order, f"person {n} has another order"
        assert [shape["id"] for shape in await ana.shapes(board)] == order
    except AssertionError:
        print(f"seed {seed}:", json.dumps([hand.done for hand in hands], indent=1))
        raise
