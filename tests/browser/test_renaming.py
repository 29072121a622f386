"""Work gets lost: a board's name that somebody types, or that somebody else has just given it."""

from playwright.async_api import BrowserContext, Locator, Page, expect

from harness.people import Person
from harness.processes import Easel
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit


async def typed(page: Page, name: str) -> None:
    await page.locator("#rename-open").click()
    await page.locator("#rename input").fill(name)


async def test_of_two_who_rename_at_once_the_later_is_told(
    visit: Visit, easel: Easel, ana: Person, ben: Person
) -> None:
    board = await ana.create_board("Plans", "link-edit")
    url = f"{easel.url}/boards/{board}"
    anas = (await BoardPage.open(await visit(ana), url)).page
    bens = (await BoardPage.open(await visit(ben), url)).page
    await typed(anas, "Ana's plans")
    await typed(bens, "Ben's plans")
    await bens.keyboard.press("Enter")
    await expect(anas.locator("#title")).to_have_text("Ben's plans")  # under the field
    await anas.keyboard.press("Enter")
    for page in (anas, bens):
        await expect(page.locator("#title")).to_have_text("Ana's plans")
    await expect(anas.locator("#toasts")).to_contain_text("Somebody had just named this board “Ben's plans”.")
    await anas.get_by_role("button", name="Use theirs").click()
    await expect(anas.locator("#rename input")).to_have_value("Ben's plans")
    await anas.keyboard.press("Enter")
    await expect(bens.locator("#title")).to_have_text("Ben's plans")
    await expect(anas.locator("#toasts")).not_to_contain_text("Somebody had")


async def test_a_repeated_rename_says_the_same_again(ana: Person) -> None:
    board = await ana.create_board("Plans")
    path, key = f"/boards/{board}", {"Idempotency-Key": "one-rename"}
    await ana.request("PATCH", path, json={"title": "Theirs"})
    for _ in range(2):
        answer = await ana.request("PATCH", path, json={"title": "Mine", "base": "Plans"}, headers=key)
        assert answer.json["replaced"] == "Theirs"
    for base in ("Mine", "Other", None):  # as it was; to what it is already; nobody says
        title = "Mine" if base == "Other" else f"After {base}"
        answer = await ana.request("PATCH", path, json={"title": title, "base": base or ""})
        assert "replaced" not in answer.json, base
        await ana.request("PATCH", path, json={"title": "Mine"})


async def listed(context: BrowserContext, ana: Person, board: str) -> tuple[Page, Locator]:
    page = await context.new_page()
    await page.goto(f"{ana.url}/boards")
    return page, page.locator(f".card[data-board='{board}']")


async def test_a_name_typed_in_the_list_outlives_its_page(visit: Visit, ana: Person) -> None:
    board, context = await ana.create_board("Plans"), await visit(ana)
    page, card = await listed(context, ana, board)
    await card.locator("button[data-rename]").evaluate("button => button.click()")
    await card.locator("input[name=title]").first.fill("Plans for May")
    await page.wait_for_function("() => Object.values(localStorage).some((value) => value.includes('Plans for May'))")
    await page.close()
    page, card = await listed(context, ana, board)
    field = card.locator(".rename input")
    await expect(field).to_have_value("Plans for May")
    await expect(field).not_to_be_focused()
    await field.press("Enter")
    await expect(card.locator("[data-title]")).to_have_text("Plans for May")
    await page.wait_for_function("() => !Object.keys(localStorage).some((key) => key.startsWith('easel:naming:'))")


async def test_a_name_that_was_given_up_does_not_come_back(visit: Visit, ana: Person) -> None:
    board, context = await ana.create_board("Plans"), await visit(ana)
    page, card = await listed(context, ana, board)
    await card.locator("button[data-rename]").evaluate("button => button.click()")
    await card.locator(".rename input").fill("Nothing")
    await page.wait_for_function("() => Object.keys(localStorage).some((key) => key.startsWith('easel:naming:'))")
    await page.keyboard.press("Escape")
    await page.wait_for_function("() => !Object.keys(localStorage).some((key) => key.startsWith('easel:naming:'))")
