"""The list of boards, as a person finds, sorts, selects, stars and deletes boards in it."""

import re

import aiohttp
import pytest
from playwright.async_api import BrowserContext, Locator, Page, expect

from harness.people import Person, stroke
from harness.processes import Easel
from tests.browser.conftest import Visit
from tests.integration.sharing import join

PHONE = {"viewport": {"width": 375, "height": 700}, "has_touch": True}


async def opened(context: BrowserContext, person: Person, query: str = "") -> Page:
    page = await context.new_page()
    await page.goto(f"{person.url}/boards{query}")
    return page


async def made(person: Person, *titles: str) -> list[str]:
    return [await person.create_board(title) for title in titles]


def card(page: Page, title: str) -> Locator:
    return page.locator(".card").filter(has=page.get_by_role("heading", name=title, exact=True))


async def shows(page: Page, *titles: str) -> None:
    await expect(page.locator(".card h2")).to_have_text(list(titles))


async def listed(person: Person, query: str = "") -> list[str]:
    return [board["title"] for board in (await person.get(f"/boards{query}")).json["boards"]]


async def test_sections_and_orders_are_chosen_and_the_view_remembered(visit: Visit, ana: Person, ben: Person) -> None:
    [mine, _] = await made(ana, "Kitchen", "Attic")
    theirs = await ben.create_board("Garden")
    await join(ben, theirs, ana, "viewer")
    await ana.post(f"/boards/{mine}/star")
    context = await visit(ana)
    page = await opened(context, ana)
    await shows(page, "Garden", "Attic", "Kitchen")
    await page.get_by_label("Sort by").select_option("Title")
    await shows(page, "Attic", "Garden", "Kitchen")
    await page.get_by_role("link", name="Shared with me").click()
    await shows(page, "Garden")
    await expect(card(page, "Garden")).to_contain_text("View only")
    await page.get_by_role("link", name="Starred").click()
    await shows(page, "Kitchen")
    await page.get_by_role("link", name="Rows").click()
    await expect(page.locator("#boards.rows")).to_be_visible()
    await page.get_by_role("link", name="Recent").click()
    await shows(page, "Attic", "Garden", "Kitchen")  # the order stays
    page = await opened(context, ana)
    await expect(page.locator("#boards.rows")).to_be_visible()


async def test_a_board_is_deleted_from_its_card_and_brought_back_by_undo(visit: Visit, ana: Person) -> None:
    await made(ana, "Kitchen", "Attic")
    page = await opened(await visit(ana), ana)
    await page.get_by_role("button", name="More for Attic").click()
    await page.get_by_role("button", name="Move to the trash").click()
    await shows(page, "Kitchen")
    await expect(page.locator("#toasts")).to_contain_text("“Attic” is in the trash.")
    await page.get_by_role("button", name="Undo").click()
    await shows(page, "Attic", "Kitchen")
    assert await listed(ana) == ["Attic", "Kitchen"]


async def test_a_board_is_duplicated_from_its_card(visit: Visit, ana: Person) -> None:
    [board] = await made(ana, "Kitchen")
    await ana.draw(board, stroke("line"))
    page = await opened(await visit(ana), ana)
    await page.get_by_role("button", name="More for Kitchen").click()
    await page.get_by_role("button", name="Duplicate").click()
    await shows(page, "Copy of Kitchen", "Kitchen")
    [copy, _] = (await ana.get("/boards")).json["boards"]
    assert len(await ana.shapes(copy["id"])) == 1


async def test_in_the_trash_boards_are_restored_or_deleted_for_good(visit: Visit, ana: Person) -> None:
    for board in await made(ana, "One", "Two", "Three"):
        await ana.request("DELETE", f"/boards/{board}")
    page = await opened(await visit(ana), ana)
    await page.get_by_role("link", name="Trash").click()
    await shows(page, "Three", "Two", "One")
    await card(page, "Two").get_by_role("button", name="Restore").click()
    await shows(page, "Three", "One")
    await card(page, "One").get_by_role("button", name="Delete").click()
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("you cannot bring it back")
    await dialog.get_by_role("button", name="Delete it").click()
    await shows(page, "Three")
    await page.get_by_label("Select Three").check()
    await page.locator("#selection").get_by_role("button", name="Restore").click()
    await expect(page.get_by_text("The trash is empty.")).to_be_visible()
    assert sorted(await listed(ana)) == ["Three", "Two"]


async def test_several_boards_are_selected_with_shift_and_starred(visit: Visit, ana: Person) -> None:
    await made(ana, "d", "c", "b", "a")
    page = await opened(await visit(ana), ana)
    bar = page.locator("#selection")
    await expect(bar).to_be_hidden()
    await page.get_by_label("Select b").check()
    await page.get_by_label("Select d").click(modifiers=["Shift"])
    await expect(bar).to_contain_text("3 selected")
    await bar.get_by_role("button", name="Star").click()
    for title, pressed in (("a", "false"), ("b", "true"), ("c", "true"), ("d", "true")):
        await expect(page.get_by_role("button", name=f"Star {title}")).to_have_attribute("aria-pressed", pressed)
    await page.get_by_role("button", name="Star c").click()
    await expect(page.get_by_role("button", name="Star c")).to_have_attribute("aria-pressed", "false")
    assert await listed(ana, "?section=starred") == ["b", "d"]
    await bar.get_by_role("button", name="Move to the trash").click()
    await shows(page, "a")
    await expect(bar).to_be_hidden()
    assert await listed(ana, "?section=trash") != []


async def test_it_can_all_be_done_with_the_keyboard(visit: Visit, ana: Person) -> None:
    await made(ana, *(f"Board {n}" for n in range(8, 0, -1)))  # 1 to 4 in the first row, 5 to 8 in the second
    page = await opened(await visit(ana), ana)
    await page.get_by_role("link", name="Board 1").focus()
    for keys in ("ArrowRight", "ArrowDown", "ArrowLeft"):
        await page.keyboard.press(keys)
    await expect(page.get_by_role("link", name="Board 5")).to_be_focused()
    await page.keyboard.press("Space")
    await page.keyboard.press("Shift+ArrowRight")
    await expect(page.locator("#selection")).to_contain_text("2 selected")
    await page.keyboard.press("Delete")
    await shows(page, *(f"Board {n}" for n in (1, 2, 3, 4, 7, 8)))
    await expect(page.get_by_role("link", name="Board 7")).to_be_focused()
    await page.keyboard.press("Delete")
    await shows(page, *(f"Board {n}" for n in (1, 2, 3, 4, 8)))
    await expect(page.get_by_role("link", name="Board 8")).to_be_focused()
    await page.keyboard.press("Space")
    await page.keyboard.press("Escape")
    await expect(page.locator("#selection")).to_be_hidden()
    await page.keyboard.press("Enter")
    await expect(page).to_have_url(re.compile(r"/boards/\w+$"))


async def test_more_boards_come_as_one_scrolls(visit: Visit, ana: Person) -> None:
    await made(ana, *(f"Board {n}" for n in range(70)))
    page = await opened(await visit(ana), ana)
    await expect(page.locator(".card")).to_have_count(30)
    for count in (60, 70):
        await page.locator(".card").last.scroll_into_view_if_needed()
        await page.mouse.wheel(0, 2_000)
        await expect(page.locator(".card")).to_have_count(count)
    await expect(page.locator(".card h2").last).to_have_text("Board 0")


async def test_only_what_is_ones_own_goes_to_the_trash_and_the_rest_says_so(
    visit: Visit, ana: Person, ben: Person
) -> None:
    theirs = await ben.create_board("Theirs")
    await join(ben, theirs, ana, "editor")
    await made(ana, "Mine")
    page = await opened(await visit(ana), ana)
    await page.get_by_label("Select Theirs").check()
    await page.get_by_label("Select Mine").check()
    await page.locator("#selection").get_by_role("button", name="Move to the trash").click()
    await shows(page, "Theirs")
    await expect(page.locator("#toasts")).to_contain_text("This needs the role owner: your role is editor.")
    await page.get_by_role("button", name="More for Theirs").click()
    await page.get_by_role("button", name="Leave the board").click()
    await page.get_by_role("dialog").get_by_role("button", name="Leave it").click()
    await shows(page)
    assert (await ana.get(f"/boards/{theirs}")).status == 404


@pytest.mark.parametrize("options", [{}, PHONE], ids=["desk", "phone"])
async def test_everything_works_without_script(visit: Visit, ana: Person, options: dict[str, object]) -> None:
    await made(ana, "One", "Two", "Three")
    context = await visit(ana, java_script_enabled=False, **options)
    page = await opened(context, ana, "?section=mine")
    await page.get_by_label("Select One").check()
    await page.get_by_label("Select Three").check()
    await page.locator("#selection").get_by_role("button", name="Star").click()
    await expect(page).to_have_url(re.compile(r"section=mine$"))
    await page.get_by_role("link", name="Starred").click()
    await shows(page, "Three", "One")
    await page.get_by_label("Sort by").select_option("Title")
    await page.get_by_role("button", name="Sort", exact=True).click()
    await shows(page, "One", "Three")
    await page.get_by_label("Select One").check()
    await page.locator("#selection").get_by_role("button", name="Move to the trash").click()
    await page.get_by_role("link", name="Trash").click()
    await shows(page, "One")
    width = await page.evaluate("document.documentElement.scrollWidth - innerWidth") if not options else 0
    assert width <= 0


async def test_without_a_trash_deleting_asks_first(visit: Visit, easel: Easel, http: aiohttp.ClientSession) -> None:
    url = easel.start_another_web(TRASH_DAYS="0")
    ana = await Person.sign_in(http, url, "Ana")
    await made(ana, "Kitchen", "Attic")
    page = await opened(await visit(ana), ana)
    await page.get_by_role("link", name="Attic").focus()
    await page.keyboard.press("Delete")
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("you cannot bring it back")
    await dialog.get_by_role("button", name="Keep them").click()
    await shows(page, "Attic", "Kitchen")
    await page.get_by_role("link", name="Attic").focus()
    await page.keyboard.press("Delete")
    await dialog.get_by_role("button", name="Delete them").click()
    await shows(page, "Kitchen")
    await expect(page.locator("#toasts")).to_contain_text("“Attic” is deleted for good.")
    await expect(page.get_by_role("link", name="Trash")).to_have_count(0)
