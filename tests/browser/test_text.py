"""Writing texts on the board, with real keys and a real IME, on a desk and on a phone."""

import asyncio

import pytest
from playwright.async_api import expect

from harness.people import Person
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit
from tests.browser.writing import BOX, field, write_at, written

BOXES = f"found => found.map({BOX})"
PHONE = {"viewport": {"width": 375, "height": 700}, "has_touch": True, "is_mobile": True}


@pytest.mark.parametrize("ending", ["Escape", "Control+Enter", "click"])
async def test_a_click_writes_there_and_every_way_out_keeps_what_was_written(
    visit: Visit, ana: Person, shared_board: str, ending: str
) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await write_at(page, 400, 300, "One\nand two")
    if ending == "click":
        await page.page.mouse.click(700, 500)
    else:
        await page.page.keyboard.press(ending)
    [text] = await written(page, ana)
    assert (text["kind"], text["text"], text["x"], text["w"]) == ("text", "One\nand two", 400, 0)
    await expect(page.page.locator("#surface")).to_have_attribute("data-tool", "select")


async def test_text_does_not_move_when_it_is_committed_and_confirmed(
    visit: Visit, ana: Person, shared_board: str
) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await write_at(page, 401.3, 300.7, "The quick brown fox\njumps over")
    wet = await page.page.locator(".drafts tspan").evaluate_all(BOXES)
    await page.page.context.route("**/changes", lambda route: route.abort())
    await page.page.keyboard.press("Escape")
    drawn = page.page.locator("#shapes tspan")
    await expect(drawn).to_have_count(2)
    draft = await drawn.evaluate_all(BOXES)
    await page.page.context.unroute_all()
    await page.has_shapes(1, timeout=30_000)
    stored = await drawn.evaluate_all(BOXES)
    for before, between, after in zip(wet, draft, stored, strict=True):
        assert between == pytest.approx(before, abs=0.5)
        assert after == pytest.approx(before, abs=0.5)


@pytest.mark.parametrize("zoom", [1, 2])
async def test_the_field_lies_over_the_text(visit: Visit, ana: Person, shared_board: str, zoom: int) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    for _ in range(2 * (zoom - 1)):
        await page.page.keyboard.press("Control+=")
    await write_at(page, 400, 300, "Several words, and\nmore of them")
    text = await page.page.locator(".drafts text").evaluate(BOX)
    box = await field(page).evaluate(BOX)
    assert box[0] == pytest.approx(text[0], abs=0.5)
    assert (box[1] + box[3]) / 2 == pytest.approx((text[1] + text[3]) / 2, abs=1.5)
    assert box[2] >= text[2]
    # The caret stands where the drawn line ends: the browser measures the field's text as wide as we lay it out.
    width = await field(page).evaluate(
        """field => { const probe = document.createElement('canvas').getContext('2d');
        const { fontSize, fontFamily } = getComputedStyle(field);
        probe.font = `${fontSize} ${fontFamily}`; probe.fontKerning = 'none';
        const scale = field.getBoundingClientRect().width / field.offsetWidth;
        return Math.max(...field.value.split('\\n').map(line => probe.measureText(line).width)) * scale; }"""
    )
    assert width == pytest.approx(text[2] - text[0], rel=0.015)  # another font is 5 % off


async def test_an_empty_text_is_nothing_and_an_emptied_one_goes(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await write_at(page, 400, 300, "  ")
    await page.page.keyboard.press("Escape")
    await page.has_shapes(0)
    await write_at(page, 400, 300, "word")
    await page.page.keyboard.press("Escape")
    await page.has_shapes(1)
    await page.page.mouse.dblclick(420, 300)
    await page.page.keyboard.press("Control+a")
    await page.page.keyboard.press("Delete")
    await page.page.keyboard.press("Escape")
    await page.has_shapes(0)
    await page.page.keyboard.press("Control+z")
    await page.has_shapes(1)


async def test_a_drag_makes_a_text_of_that_width_which_wraps(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.page.keyboard.press("t")
    await page.drag([(400, 300), (520, 305)])
    await page.page.keyboard.type("words that do-not-fit one well-known line of this width, state-of-the-art?or not")
    drawn = await page.page.locator(".drafts tspan").count()
    assert drawn > 3
    # The field breaks its lines where the drawing does: so the caret stands where the letters are.
    await field(page).evaluate("field => (field.style.height = '0')")
    assert await field(page).evaluate("field => Math.round(field.scrollHeight / 40)") == drawn
    await page.page.keyboard.press("Escape")
    [text] = await written(page, ana)
    assert text["w"] == 120


async def test_an_ime_composes_in_peace(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await write_at(page, 400, 300, "")
    ime = await page.page.context.new_cdp_session(page.page)
    for reading in ("n", "に", "にh", "にほん"):
        await ime.send("Input.imeSetComposition", {"text": reading, "selectionStart": len(reading), "selectionEnd": 0})
    await expect(page.page.locator(".drafts tspan")).to_have_text(["にほん"])
    # Enter and Escape belong to the composition.
    for key in ("Enter", "Escape"):
        await field(page).evaluate(
            """(field, key) => field.dispatchEvent(
            new KeyboardEvent('keydown', { key, isComposing: true, bubbles: true }))""",
            key,
        )
    await expect(field(page)).to_be_focused()
    await ime.send("Input.insertText", {"text": "日本"})
    await page.page.keyboard.press("Escape")
    [text] = await written(page, ana)
    assert text["text"] == "日本"


async def test_what_is_pasted_is_plain_text_without_control_characters(
    visit: Visit, ana: Person, shared_board: str
) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await write_at(page, 400, 300, "")
    await field(page).evaluate(
        """field => { const data = new DataTransfer();
        data.setData('text/html', '<b>bold</b>'); data.setData('text/plain', 'bold');
        field.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
        document.execCommand('insertText', false, 'a\\u0007b\\u2028c\\ud800<b>'); }"""
    )
    await page.page.keyboard.press("Escape")
    [text] = await written(page, ana)
    assert text["text"] == "ab\nc<b>"
    await expect(page.page.locator("#shapes tspan")).to_have_text(["ab", "c<b>"])


async def test_undo_in_the_field_is_the_fields_and_letters_are_no_shortcuts(
    visit: Visit, ana: Person, shared_board: str
) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await page.draw([(400, 500), (500, 520)])
    await page.has_shapes(1)
    await write_at(page, 400, 300, "pre")
    await page.page.keyboard.press("Control+z")
    await expect(field(page)).not_to_have_value("pre")
    await page.page.keyboard.type("hover")
    await page.page.keyboard.press("Escape")
    shapes = await written(page, ana, 2)
    assert "hover" in str(shapes[-1]["text"])


async def test_writing_on_a_phone_keeps_clear_of_its_keyboard(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana, **PHONE), shared_board)
    await page.page.keyboard.press("t")
    await page.page.touchscreen.tap(120, 560)
    await expect(field(page)).to_be_focused()
    await page.page.keyboard.type("low")
    # Chromium without a keyboard: the visual viewport is told to be as small as with one.
    await page.page.evaluate(
        """() => { Object.defineProperty(visualViewport, 'height', { value: 380, configurable: true });
        visualViewport.dispatchEvent(new Event('resize')); }"""
    )
    await page.page.wait_for_function(
        "() => document.querySelector('#writing textarea').getBoundingClientRect().bottom < 380"
    )
    assert await page.page.evaluate("document.querySelector('#canvas').scrollTop") == 0
    await page.page.keyboard.press("Escape")
    [text] = await written(page, ana)
    assert text["text"] == "low"


async def test_the_wheel_still_zooms_the_board_under_the_field(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await write_at(page, 400, 300, "wheel")
    await page.page.mouse.move(410, 300)
    await page.page.keyboard.down("Control")
    await page.page.mouse.wheel(0, -100)
    await page.page.keyboard.up("Control")
    await expect(page.page.locator("#zoom-level")).not_to_have_text("100%")
    await expect(field(page)).to_be_focused()


async def test_a_page_that_is_left_in_mid_sentence_keeps_it(visit: Visit, ana: Person, shared_board: str) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await write_at(page, 400, 300, "unfinished")
    await page.page.reload()
    await page.ready()
    await page.has_shapes(1)
    [text] = await ana.shapes(shared_board.rsplit("/", 1)[1])
    assert text["text"] == "unfinished"


@pytest.mark.parametrize(
    ("x", "y", "words"), [(1200, 300, "a text that goes on beyond the side"), (600, 690, "1\n2\n3\n4\n5")]
)
async def test_writing_beyond_the_window_moves_the_board_and_scrolls_nothing(
    visit: Visit, ana: Person, shared_board: str, x: float, y: float, words: str
) -> None:
    page = await BoardPage.open(await visit(ana), shared_board)
    await write_at(page, x, y, words)
    text = page.page.locator(".drafts text")
    async with asyncio.timeout(10):
        while True:
            box = await text.evaluate(BOX)
            if box[2] < 1260 and box[3] < 720:
                break
            await asyncio.sleep(0.02)
    scrolled = "() => [...document.querySelectorAll('*')].filter(e => e.id && (e.scrollLeft || e.scrollTop)).length"
    assert await page.page.evaluate(scrolled) == 0
    await page.page.keyboard.press("Escape")
    await page.has_shapes(1)
    # What is drawn now is where the pointer is.
    await page.page.keyboard.press("p")
    await page.drag([(500, 200), (600, 200)])
    await page.has_shapes(2)
    assert (await page.page.locator("#shapes > path").evaluate(BOX))[0] == pytest.approx(500, abs=3)
