"""The timer of a board, on two people's screens whose clocks are wrong."""

from playwright.async_api import Page, expect

from harness.people import Person
from harness.processes import Easel
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit

AN_HOUR_AHEAD = "{ const now = Date.now; Date.now = () => now() + 3_600_000; }"
SOUNDS = """
    window.tones = 0;
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function () { window.tones++; return start.apply(this, arguments); };
"""
LEFT = """() => {
    const [minutes, seconds] = document.querySelector("#timer [role=timer]").textContent.split(":").map(Number);
    return minutes * 60 + seconds;
}"""


async def state(page: Page, wanted: str) -> None:
    await expect(page.locator("#timer")).to_have_attribute("data-state", wanted)


async def test_everybody_sees_one_timer_whatever_their_clocks_say(
    visit: Visit, easel: Easel, ana: Person, ben: Person
) -> None:
    board = await ana.create_board("Ours", "link-view")
    url = f"{easel.url}/boards/{board}"
    hers, his = await visit(ana), await visit(ben)
    await his.add_init_script(AN_HOUR_AHEAD)
    mine = (await BoardPage.open(hers, url)).page
    theirs = (await BoardPage.open(his, url)).page
    await mine.keyboard.press("Alt+Shift+KeyT")
    await mine.get_by_role("button", name="5 min", exact=True).click()
    for page in (mine, theirs):
        await state(page, "running")
        assert 290 < await page.evaluate(LEFT) <= 300
    await expect(theirs.get_by_role("button", name="Pause the timer")).to_be_hidden()
    await mine.get_by_role("button", name="Pause the timer").click()
    await state(theirs, "paused")
    left = await mine.evaluate(LEFT)
    assert await theirs.evaluate(LEFT) == left
    await mine.get_by_role("button", name="Add a minute").click()
    for page in (mine, theirs):
        await expect(page.locator("#timer [role=timer]")).to_have_text(f"{left // 60 + 1}:{left % 60:02}")
    await mine.get_by_role("button", name="Remove the timer").click()
    await expect(theirs.locator("#timer")).to_be_hidden()


async def test_the_end_sounds_where_somebody_asked_for_it(visit: Visit, easel: Easel, ana: Person, ben: Person) -> None:
    board = await ana.create_board("Ours", "link-view")
    url = f"{easel.url}/boards/{board}"
    pages = []
    for person in (ana, ben):
        context = await visit(person)
        await context.add_init_script(SOUNDS)
        pages.append((await BoardPage.open(context, url)).page)
    mine, theirs = pages
    await mine.keyboard.press("Alt+Shift+KeyT")
    await mine.get_by_label("Minutes").fill("0.1")
    await mine.get_by_role("button", name="Start", exact=True).click()
    sound = mine.get_by_role("button", name="Sound at the end")
    await expect(sound).to_have_attribute("aria-pressed", "false")
    await sound.click()
    assert await mine.evaluate("window.tones") == 2  # a try
    for page in pages:
        await state(page, "over")
        await expect(page.locator("#timer")).to_contain_text("Time is up")
        await expect(page.locator("#announcer")).to_have_text("Time is up.")
    assert [await page.evaluate("window.tones") for page in pages] == [4, 0]
    await theirs.reload()
    await state(theirs, "over")
