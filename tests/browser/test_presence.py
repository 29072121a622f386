"""What people see of each other's hands, in real browsers."""

import asyncio
import os
import re
import signal
import uuid
from typing import Any

import aiohttp
import pytest
from playwright.async_api import Browser, Locator, Page, Request, expect

from harness.chromium import launch
from harness.people import Person, stroke
from harness.processes import Easel, running
from tests.browser.board_page import BoardPage, wave
from tests.browser.conftest import Visit

BOX = "e => { const r = e.getBoundingClientRect(); return [r.x, r.y, r.right, r.bottom] }"


def cursor_of(page: Page, name: str) -> Locator:
    return page.locator("#cursors .cursor").filter(has_text=name)


async def at(cursor: Locator, x: float, y: float) -> None:
    """Wait until the cursor has come there, in window px."""
    async with asyncio.timeout(10):
        while True:
            box = await cursor.bounding_box()
            if box and abs(box["x"] - x) < 3 and abs(box["y"] - y) < 3:
                return
            await asyncio.sleep(0.02)


async def two(visit: Visit, ana: Person, ben: Person, url: str, **options: Any) -> tuple[BoardPage, BoardPage]:
    """Ana and Ben on one board, each knowing of the other."""
    one = await BoardPage.open(await visit(ana, **options), url)
    other = await BoardPage.open(await visit(ben, **options), url)
    for board in (one, other):
        await expect(board.page.locator("#people .person")).to_have_count(2)
    return one, other


async def hold(board: BoardPage, tool: str, start: tuple[float, float], end: tuple[float, float]) -> None:
    """A press with that tool that has come from one place to another, and is not released."""
    await board.pick(tool)
    await board.page.mouse.move(*start)
    await board.page.mouse.down()
    await board.page.mouse.move(*end, steps=10)


async def with_a_stroke(anas: BoardPage, bens: BoardPage, ana: Person) -> str:
    """Both pages show a stroke that begins at 300, 300. The board's id."""
    board = anas.page.url.rpartition("/")[2]
    assert (await ana.draw(board, stroke("moved", points=[300, 300, 400, 350, 500, 300]))).status == 201
    for page in (anas, bens):
        await page.has_shapes(1)
    return board


async def dragged(anas: BoardPage, bens: BoardPage) -> Locator:
    """Ben has that stroke in his hand, 100 px farther, and Ana sees it there."""
    await hold(bens, "select", (400, 337), (500, 437))
    shape = anas.page.locator("#shapes > [id=moved]")
    await left_of(shape, 400)
    return shape


# What is drawn and what is being drawn are counted in each frame.
COUNTED = """() => {
    window.seen = [];
    const count = selector => document.querySelectorAll(selector).length;
    const look = () => {
        window.seen.push([count(".drafts > g"), count("#shapes > [id]")]);
        requestAnimationFrame(look);
    };
    look();
}"""


async def test_a_cursor_shows_with_its_name_and_leaves_with_its_person(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    anas, bens = await two(visit, ana, ben, shared_board)
    await bens.page.mouse.move(400, 300)
    cursor = cursor_of(anas.page, "Ben")
    await at(cursor, 400, 300)
    await bens.page.mouse.move(700, 500, steps=5)
    await at(cursor, 700, 500)
    await expect(cursor_of(bens.page, "Ben")).to_have_count(0)
    await expect(cursor.locator("i svg")).to_have_count(1)  # the pen that Ben holds
    face = anas.page.locator("#people .person[title=Ben]")
    hues = [await one.get_attribute("data-hue") for one in (cursor, face)]
    assert hues[0] == hues[1]
    await bens.page.close(run_before_unload=False)
    await expect(cursor).to_have_count(0, timeout=10_000)
    await expect(face).to_have_count(0, timeout=10_000)


async def test_the_cursor_stays_with_its_place_on_the_board(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    anas, bens = await two(visit, ana, ben, shared_board)
    await bens.page.mouse.move(400, 300)
    cursor = cursor_of(anas.page, "Ben")
    await at(cursor, 400, 300)
    await anas.page.mouse.move(640, 400)
    await anas.page.mouse.wheel(0, 100)
    await at(cursor, 400, 200)


async def test_a_cursor_that_rests_grows_dim_and_comes_back_when_it_moves(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    anas, bens = await two(visit, ana, ben, shared_board)
    await bens.page.mouse.move(400, 300)
    cursor = cursor_of(anas.page, "Ben")
    await expect(cursor).to_have_attribute("data-state", "moving")
    await expect(cursor).to_have_attribute("data-state", "dim", timeout=8_000)
    await bens.page.mouse.move(410, 300)
    await expect(cursor).to_have_attribute("data-state", "moving")


async def test_ink_shows_while_it_is_drawn_and_becomes_the_stroke_without_a_gap(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    anas, bens = await two(visit, ana, ben, shared_board)
    await hold(bens, "pen", (300, 300), (500, 340))
    wet = anas.page.locator(".drafts > g")
    await expect(wet).to_have_count(1)
    await expect(anas.page.locator("#shapes [id]")).to_have_count(0)
    first = await wet.locator("path").last.get_attribute("d")
    await bens.page.mouse.move(600, 300, steps=10)
    await expect(wet.locator("path").last).not_to_have_attribute("d", first or "")
    # There must be exactly one of ink and stroke, always.
    await anas.page.evaluate(COUNTED)
    await bens.page.mouse.up()
    await anas.has_shapes(1)
    await expect(wet).to_have_count(0)
    seen = {tuple(frame) for frame in await anas.page.evaluate("window.seen")}
    assert seen <= {(1, 0), (0, 1)}
    assert (0, 1) in seen


async def test_ink_that_is_let_go_is_gone_for_others_too(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    anas, bens = await two(visit, ana, ben, shared_board)
    await hold(bens, "pen", (300, 300), (500, 340))
    wet = anas.page.locator(".drafts > g")
    await expect(wet).to_have_count(1)
    await bens.page.keyboard.press("Escape")
    await expect(wet).to_have_count(0, timeout=2_000)
    await bens.page.mouse.up()


async def test_whoever_comes_in_the_middle_of_a_stroke_sees_it_whole(
    visit: Visit, ana: Person, ben: Person, guest: Person, shared_board: str
) -> None:
    anas, bens = await two(visit, ana, ben, shared_board)
    await hold(bens, "pen", (300, 300), (500, 340))
    path = anas.page.locator(".drafts > g path")
    await expect(path).to_have_count(1)
    late = await BoardPage.open(await visit(guest), shared_board)
    drawn = late.page.locator(".drafts > g path")
    await expect(drawn).to_have_count(1)
    await bens.page.mouse.move(600, 300, steps=5)
    await expect(drawn).to_have_attribute("d", re.compile(r"^M6000 6000l"))
    async with asyncio.timeout(20):
        while await drawn.get_attribute("d") != await path.get_attribute("d"):
            await asyncio.sleep(0.05)
    await bens.page.mouse.up()


async def test_a_drag_is_seen_while_it_happens_and_stays_where_it_ends(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    anas, bens = await two(visit, ana, ben, shared_board)
    board = await with_a_stroke(anas, bens, ana)
    await dragged(anas, bens)
    assert len((await ana.get(f"/boards/{board}/changes")).json["changes"]) == 1
    await expect(anas.page.locator(".others rect")).to_have_count(1)  # Ben has selected it
    await anas.page.evaluate("""() => {
        window.lefts = [];
        const look = () => {
            window.lefts.push(document.getElementById("moved").getBoundingClientRect().left);
            requestAnimationFrame(look);
        };
        look();
    }""")
    await bens.page.mouse.up()
    await bens.saved()
    await bens.page.mouse.move(900, 600)
    await at(cursor_of(anas.page, "Ben"), 900, 600)
    lefts = await anas.page.evaluate("window.lefts")
    assert max(lefts) - min(lefts) < 0.5, lefts
    changes = (await ana.get(f"/boards/{board}/changes")).json["changes"]
    assert [list(change["patch"]) for change in changes] == [[], ["moved"]]


async def test_a_drag_that_is_cancelled_goes_back_at_once_for_others_too(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    anas, bens = await two(visit, ana, ben, shared_board)
    await with_a_stroke(anas, bens, ana)
    shape = await dragged(anas, bens)
    await bens.page.keyboard.press("Escape")
    await left_of(shape, 300)
    await bens.page.mouse.up()


@pytest.mark.parametrize("tool", ["rectangle", "diamond", "arrow", "line", "frame", "note"])
async def test_a_shape_shows_while_it_is_made_and_is_stored_without_a_gap(
    visit: Visit, ana: Person, ben: Person, shared_board: str, tool: str
) -> None:
    anas, bens = await two(visit, ana, ben, shared_board)
    await hold(bens, tool, (300, 300), (500, 400))
    made = anas.page.locator(".drafts > g")
    await expect(made).to_have_count(1)
    await covers(made, await bens.page.locator(".drafts > g").evaluate(BOX))
    board = shared_board.rpartition("/")[2]
    assert await ana.shapes(board) == []
    await anas.page.evaluate(COUNTED)
    await bens.page.mouse.up()
    await bens.page.keyboard.press("Escape")  # a note is written on
    await anas.has_shapes(1)
    await expect(made).to_have_count(0)
    seen = {tuple(frame) for frame in await anas.page.evaluate("window.seen")}
    assert seen <= {(1, 0), (0, 1)}
    assert len((await ana.get(f"/boards/{board}/changes")).json["changes"]) == 1


async def test_a_shape_that_is_not_made_after_all_is_gone_for_others_too(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    anas, bens = await two(visit, ana, ben, shared_board)
    await hold(bens, "ellipse", (300, 300), (500, 400))
    made = anas.page.locator(".drafts > g")
    await expect(made).to_have_count(1)
    await bens.page.keyboard.press("Escape")
    await expect(made).to_have_count(0, timeout=2_000)
    await bens.page.mouse.up()


async def test_words_are_seen_while_they_are_typed(visit: Visit, ana: Person, ben: Person, shared_board: str) -> None:
    anas, bens = await two(visit, ana, ben, shared_board)
    await bens.page.keyboard.press("t")
    await bens.page.mouse.click(400, 300)
    await bens.page.keyboard.type("Hello")
    await expect(anas.page.locator(".drafts text")).to_have_text("Hello")
    await bens.page.keyboard.press("Escape")
    await anas.has_shapes(1)
    await expect(anas.page.locator(".drafts text")).to_have_count(0)
    await bens.page.keyboard.press("Enter")
    await bens.page.keyboard.type(" there")
    await expect(anas.page.locator("#shapes text")).to_have_text("Hello there")
    assert [shape["text"] for shape in await ana.shapes(shared_board.rpartition("/")[2])] == ["Hello"]


async def covers(shape: Locator, box: list[float]) -> None:
    """Wait until it has come there, in window px."""
    async with asyncio.timeout(10):
        while max(abs(a - b) for a, b in zip(await shape.evaluate(BOX), box, strict=True)) > 0.5:
            await asyncio.sleep(0.02)


async def left_of(shape: Locator, x: float) -> None:
    """Wait until its line begins there, in window px."""
    async with asyncio.timeout(10):
        while True:
            box = await shape.bounding_box()
            if box and abs(box["x"] - x) < 4:
                return
            await asyncio.sleep(0.02)


async def test_a_laser_is_seen_by_others_and_fades(visit: Visit, ana: Person, ben: Person, shared_board: str) -> None:
    anas, bens = await two(visit, ana, ben, shared_board)
    await bens.page.keyboard.press("k")
    await bens.page.mouse.move(300, 300)
    await bens.page.mouse.down()
    await bens.page.mouse.move(500, 340, steps=10)
    await expect(anas.page.locator(".others .laser")).to_have_count(1)
    await bens.page.mouse.up()
    await expect(anas.page.locator(".others .laser")).to_have_count(0)
    assert await ana.shapes(shared_board.rpartition("/")[2]) == []


async def test_nothing_is_sent_while_nobody_else_is_there(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    sent: list[str] = []

    def count(request: Request) -> None:
        if request.url.endswith("/presence"):
            sent.append(request.url)

    context = await visit(ana)
    context.on("request", count)
    anas = await BoardPage.open(context, shared_board)
    await anas.page.mouse.move(300, 300)
    await anas.page.mouse.move(600, 500, steps=30)
    await anas.draw(wave(300, 250))
    await anas.has_shapes(1)
    assert sent == []
    bens = await BoardPage.open(await visit(ben), shared_board)
    await expect(anas.page.locator("#people .person")).to_have_count(2)
    await anas.page.mouse.move(400, 300)
    await at(cursor_of(bens.page, "Ana"), 400, 300)
    assert sent
    await bens.page.close()
    await expect(anas.page.locator("#people .person")).to_have_count(1, timeout=10_000)
    sent.clear()
    await anas.page.mouse.move(600, 500, steps=30)
    await anas.draw(wave(300, 400))
    await anas.has_shapes(2)
    assert sent == []


async def test_at_most_twenty_reports_a_second_are_sent(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    anas, bens = await two(visit, ana, ben, shared_board)
    # A browser keeps 250 timings, and a page's scripts are nearly as many.
    await bens.page.evaluate("() => performance.clearResourceTimings()")
    for turn in range(6):
        await bens.page.mouse.move(300 + 50 * (turn % 2), 300, steps=40)
    await at(cursor_of(anas.page, "Ben"), 350, 300)
    script = "performance.getEntriesByType('resource').filter(e => e.name.endsWith('/presence')).map(e => e.startTime)"
    sent: list[float] = await bens.page.evaluate(script)
    assert len(sent) > 2
    assert all(len([time for time in sent if start <= time < start + 1_000]) <= 20 for start in sent)


async def test_the_view_follows_a_person_until_one_moves_it_oneself(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    anas, bens = await two(visit, ana, ben, shared_board)
    await anas.page.locator("#people .person[title=Ben] button").click()
    pill = anas.page.locator("#following")
    await expect(pill).to_contain_text("Following Ben")
    await expect(anas.page.locator("#following-frame")).to_be_visible()
    await bens.toast("Ana follows you")
    await expect(bens.page.locator("#people .person[title=Ana][data-follower]")).to_be_visible()
    await bens.page.mouse.move(640, 400)
    await bens.page.mouse.wheel(0, 500)
    await bens.page.keyboard.press("Control+=")
    await same_view(anas, bens)
    await anas.page.mouse.move(640, 400)
    await anas.page.mouse.wheel(0, 50)
    await expect(pill).to_be_hidden()
    await expect(bens.page.locator("#people .person[data-follower]")).to_have_count(0)
    await anas.page.locator("#people .person[title=Ben] button").click()
    await same_view(anas, bens)
    await pill.get_by_role("button", name="Stop").click()
    await expect(pill).to_be_hidden()


async def same_view(one: BoardPage, other: BoardPage) -> None:
    async with asyncio.timeout(10):
        while True:
            views = [matrix(await board.camera()) for board in (one, other)]
            if all(abs(a - b) < 1 for a, b in zip(*views, strict=True)):
                return
            await asyncio.sleep(0.02)


def matrix(transform: str) -> list[float]:
    return [float(number) for number in re.findall(r"-?[\d.]+(?:e-?\d+)?", transform.partition("(")[2])]


async def test_following_ends_when_the_person_leaves(visit: Visit, ana: Person, ben: Person, shared_board: str) -> None:
    anas, bens = await two(visit, ana, ben, shared_board)
    await bens.page.mouse.move(400, 300)
    await anas.page.locator("#people .person[title=Ben] button").click()
    await bens.toast("Ana follows you")
    await bens.page.close()
    await anas.toast("Ben has left")
    await expect(anas.page.locator("#following")).to_be_hidden()


async def test_names_are_text_and_nothing_else(
    visit: Visit, easel: Easel, http: aiohttp.ClientSession, ana: Person, shared_board: str
) -> None:
    eve = await Person.sign_in(http, easel.url, "<img src=x onerror=alert(1)>")
    anas, eves = await two(visit, ana, eve, shared_board)
    await eves.page.mouse.move(400, 300)
    await expect(cursor_of(anas.page, "<img src=x")).to_have_count(1)
    await expect(anas.page.locator("#cursors img")).to_have_count(0)


async def test_a_browser_that_is_killed_leaves_no_phantom(
    visit: Visit, browser: Browser, ana: Person, ben: Person, shared_board: str
) -> None:
    """Its page says no goodbye."""
    marker = f"--easel-test={uuid.uuid4()}"
    other = await launch(browser.browser_type, marker)
    context = await other.new_context(viewport={"width": 1280, "height": 800})
    await context.add_cookies([{"name": "session", "value": ben.token, "url": ben.url}])
    anas = await BoardPage.open(await visit(ana), shared_board)
    bens = await BoardPage.open(context, shared_board)
    await expect(bens.page.locator("#people .person")).to_have_count(2)
    await bens.page.mouse.move(400, 300)
    await expect(cursor_of(anas.page, "Ben")).to_have_count(1)
    for pid in running(marker):
        os.kill(pid, signal.SIGKILL)
    await expect(cursor_of(anas.page, "Ben")).to_have_count(0, timeout=10_000)
    await expect(anas.page.locator("#people .person")).to_have_count(1)


async def test_hands_are_seen_across_processes_and_gone_when_one_is_killed(
    visit: Visit, own_easel: Easel, http: aiohttp.ClientSession
) -> None:
    ana = await Person.sign_in(http, own_easel.url, "Ana")
    ben = await Person.sign_in(http, own_easel.url, "Ben")
    board = await ana.create_board("Two processes", "link-edit")
    other = own_easel.start_another_web()
    context = await visit()
    await context.add_cookies([{"name": "session", "value": ben.token, "url": other}])
    anas = await BoardPage.open(await visit(ana), f"{own_easel.url}/boards/{board}")
    bens = await BoardPage.open(context, f"{other}/boards/{board}")
    for page in (anas, bens):
        await expect(page.page.locator("#people .person")).to_have_count(2)
    await hold(bens, "pen", (300, 300), (500, 340))
    await at(cursor_of(anas.page, "Ben"), 500, 340)
    await expect(anas.page.locator(".drafts > g")).to_have_count(1)
    os.kill(own_easel.others[0].pid, signal.SIGKILL)
    await expect(anas.page.locator(".drafts > g")).to_have_count(0, timeout=10_000)
    await expect(cursor_of(anas.page, "Ben")).to_have_count(0, timeout=45_000)
    await expect(anas.page.locator("#people .person")).to_have_count(1, timeout=45_000)


async def test_hiding_others_hides_cursors_and_hiding_oneself_sends_none(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    anas, bens = await two(visit, ana, ben, shared_board)
    await bens.page.mouse.move(400, 300)
    await expect(cursor_of(anas.page, "Ben")).to_be_visible()
    await choose(anas.page, "others")
    await expect(cursor_of(anas.page, "Ben")).to_be_hidden()
    await anas.page.reload()
    await anas.ready()
    await bens.page.mouse.move(420, 300)
    await expect(cursor_of(anas.page, "Ben")).to_have_count(1)
    await expect(cursor_of(anas.page, "Ben")).to_be_hidden()
    await choose(anas.page, "others")
    await expect(cursor_of(anas.page, "Ben")).to_be_visible()
    await choose(bens.page, "shown")
    await expect(cursor_of(anas.page, "Ben")).to_have_count(0)


async def choose(page: Page, setting: str) -> None:
    """Turns a setting of the menu round."""
    await page.locator("#menu-open").click()
    await page.locator(f"#menu [data-command={setting}]").click()
    await page.keyboard.press("Escape")
