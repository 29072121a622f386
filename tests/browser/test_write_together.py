"""Two people write in the same text: both see both, no word of either is lost, and the caret stays where it was."""

import asyncio

import pytest
from playwright.async_api import Locator, expect

from harness.people import Person
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit

NOTE = {"id": "note", "kind": "note", "x": 500, "y": 250, "text": "Shopping"}


def field(page: BoardPage) -> Locator:
    return page.page.locator("#writing textarea")


async def both_write(visit: Visit, ana: Person, ben: Person, board: str) -> tuple[BoardPage, BoardPage]:
    """Ana and Ben have the same note open."""
    assert (await ana.draw(board.rsplit("/", 1)[1], NOTE)).status == 201
    pages = [await BoardPage.open(await visit(person), board) for person in (ana, ben)]
    for page in pages:
        await page.page.keyboard.press("v")
        await page.page.mouse.dblclick(600, 350)
        await expect(field(page)).to_have_value("Shopping")
    return pages[0], pages[1]


async def stored(person: Person, board: str) -> str:
    [note] = await person.shapes(board.rsplit("/", 1)[1])
    return str(note["text"])


async def test_each_sees_the_others_words_in_the_open_field(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    one, two = await both_write(visit, ana, ben, shared_board)
    await one.page.keyboard.type(" list")
    await expect(field(two)).to_have_value("Shopping list")
    await two.page.keyboard.press("Control+Home")
    await two.page.keyboard.type("Our ")
    await expect(field(one)).to_have_value("Our Shopping list")
    await one.page.keyboard.type(" today")  # the caret has stayed at its word
    await expect(field(two)).to_have_value("Our Shopping list today")
    await two.page.keyboard.type("big")
    await expect(field(one)).to_have_value("Our bigShopping list today")
    await two.page.keyboard.type(" ")  # which nobody else has typed
    for page in (one, two):
        await expect(field(page)).to_have_value("Our big Shopping list today")
        await page.page.keyboard.press("Escape")
        await page.saved()
    assert await stored(ana, shared_board) == "Our big Shopping list today"
    assert await one.drawing() == await two.drawing()


@pytest.mark.parametrize("first", [0, 1])
async def test_both_commit_without_having_seen_each_other(
    visit: Visit, ana: Person, ben: Person, shared_board: str, first: int
) -> None:
    pages = await both_write(visit, ana, ben, shared_board)
    for page, words in zip(pages, (" milk", " bread"), strict=True):
        await page.page.context.set_offline(True)
        await page.page.keyboard.type(words)
        await page.page.keyboard.press("Escape")
        await page.status("offline")
    for page in (pages[first], pages[1 - first]):
        await page.page.context.set_offline(False)
        await page.saved(timeout=30_000)
    assert await stored(ana, shared_board) == "Shopping bread milk"
    for page in pages:
        await expect(page.page.locator("#note tspan")).to_have_text(["Shopping bread", "milk"])
    assert await pages[0].drawing() == await pages[1].drawing()


async def test_both_begin_the_label_of_one_box(visit: Visit, ana: Person, ben: Person, shared_board: str) -> None:
    board = shared_board.rsplit("/", 1)[1]
    assert (
        await ana.draw(board, {"id": "box", "kind": "rectangle", "x": 500, "y": 250, "w": 240, "h": 90})
    ).status == 201
    pages = [await BoardPage.open(await visit(person), shared_board) for person in (ana, ben)]
    for page in pages:
        await page.page.keyboard.press("v")
        await page.page.mouse.dblclick(620, 295)
        await expect(field(page)).to_be_focused()
    await asyncio.gather(*(page.page.keyboard.type(word) for page, word in zip(pages, ("alpha", "beta"), strict=True)))
    for page in pages:
        await expect(field(page)).to_have_value("alpha beta")
    await asyncio.gather(*(page.page.keyboard.press("Escape") for page in pages))
    for page in pages:
        await page.saved()
        await expect(page.page.locator("#box tspan")).to_have_text(["alpha beta"])
    [box] = await ana.shapes(board)
    assert box["text"] == "alpha beta"


async def test_the_others_caret_is_shown_with_name_and_colour(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    one, two = await both_write(visit, ana, ben, shared_board)
    await two.page.keyboard.type(" list")
    caret = one.page.locator("#cursors .caret")
    await expect(caret).to_have_count(1)
    await expect(caret.locator("b")).to_have_text("Ben")
    me = await two.page.locator("body").get_attribute("data-person")
    await expect(caret).to_have_attribute("data-person", me or "")
    right = "() => document.querySelector('#note tspan').getBoundingClientRect().right"
    await one.page.wait_for_function(
        f"() => Math.abs(document.querySelector('.caret').getBoundingClientRect().left + 1 - ({right})()) < 4"
    )
    await two.page.keyboard.press("Home")
    left = right.replace(".right", ".left")
    await one.page.wait_for_function(
        f"() => Math.abs(document.querySelector('.caret').getBoundingClientRect().left + 1 - ({left})()) < 4"
    )
    await two.page.keyboard.press("Escape")
    await expect(caret).to_have_count(0)


async def test_words_that_come_do_not_disturb_an_input_method(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    one, two = await both_write(visit, ana, ben, shared_board)
    ime = await one.page.context.new_cdp_session(one.page)
    await ime.send("Input.imeSetComposition", {"text": "にほ", "selectionStart": 2, "selectionEnd": 2})
    await two.page.keyboard.press("Control+Home")
    await two.page.keyboard.type("Our ")
    await expect(one.page.locator("#note tspan").first).to_contain_text("Our")  # drawn, but not in the field
    await expect(field(one)).to_have_value("Shoppingにほ")
    await ime.send("Input.insertText", {"text": "日本"})
    await expect(field(one)).to_have_value("Our Shopping日本")
    await one.page.keyboard.press("Escape")
    await two.page.keyboard.press("Escape")
    await one.saved()
    await two.saved()
    assert await stored(ana, shared_board) == "Our Shopping日本"


async def test_what_one_empties_keeps_what_the_other_writes(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    board = shared_board.rsplit("/", 1)[1]
    assert (await ana.draw(board, {"id": "note", "kind": "text", "x": 500, "y": 300, "text": "Draft"})).status == 201
    pages = [await BoardPage.open(await visit(person), shared_board) for person in (ana, ben)]
    for page in pages:
        await page.page.keyboard.press("v")
        await page.page.mouse.dblclick(520, 312)
        await expect(field(page)).to_have_value("Draft")
    await pages[1].page.keyboard.type(" two")
    await expect(field(pages[0])).to_have_value("Draft two")
    await pages[0].page.keyboard.press("Control+a")
    await pages[0].page.keyboard.press("Delete")
    await pages[0].page.keyboard.press("Escape")
    await pages[0].saved()
    await expect(field(pages[1])).to_have_value(" two")
    await pages[1].page.keyboard.press("Escape")
    await pages[1].saved()
    assert (await stored(ana, shared_board)).strip() == "two"


async def test_what_was_written_in_a_shape_that_goes_is_kept(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    one, _ = await both_write(visit, ana, ben, shared_board)
    await one.page.keyboard.type(" list")
    change = {"changeId": "gone", "remove": ["note"]}
    assert (await ben.post(f"/boards/{shared_board.rsplit('/', 1)[1]}/changes", change)).status == 201
    await one.toast("removed what you were writing")
    await expect(one.page.locator("#kept")).to_be_visible()


async def test_too_much_together_is_refused_and_kept_aside(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    one, _ = await both_write(visit, ana, ben, shared_board)
    await one.page.context.set_offline(True)
    await one.page.keyboard.insert_text(" " + "apple " * 500)
    await one.page.keyboard.press("Escape")
    change = {"changeId": "long", "patch": {"note": {"text": "Shopping " + "bread " * 500, "base": "Shopping"}}}
    assert (await ben.post(f"/boards/{shared_board.rsplit('/', 1)[1]}/changes", change)).status == 201
    await one.page.context.set_offline(False)
    await one.toast("what somebody else wrote")
    await expect(one.page.locator("#kept")).to_be_visible()
    assert "bread" in await stored(ana, shared_board)
