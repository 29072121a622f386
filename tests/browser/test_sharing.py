"""Who may do what on a board, as the people on it see it: the share dialog, invitations, and what goes dark at once."""

from playwright.async_api import Page, expect

from harness.people import Person
from harness.processes import Easel
from tests.browser.board_page import BoardPage, wave
from tests.browser.conftest import Visit
from tests.integration.sharing import invited, join, roles

AT_ONCE = 5_000  # ms: it takes 50, on a machine that has the time


async def open_sharing(board: BoardPage) -> Page:
    await board.page.click("#share")
    await expect(board.page.locator("#sharing section").first).to_be_visible()
    return board.page


async def looks_only(page: Page, timeout: float = AT_ONCE) -> None:
    """Nothing on the page pretends that its reader could change the board, and the hand is on."""
    await expect(page.locator("#tools [data-tool=pen]")).to_be_hidden(timeout=timeout)
    for hidden in ("#tools [data-tool=eraser]", "#undo", "#redo", "#rename-open", "#style", "#style-open"):
        await expect(page.locator(hidden)).to_be_hidden()
    await expect(page.locator("#tools [data-tool=hand]")).to_have_attribute("aria-pressed", "true")
    await expect(page.locator(".badge.viewing")).to_be_visible()


async def test_two_people_share_a_board_by_an_invitation_from_the_dialog(visit: Visit, ana: Person) -> None:
    board = await ana.create_board("Plans")
    anas = await BoardPage.open(await visit(ana), f"{ana.url}/boards/{board}")
    page = await open_sharing(anas)
    await page.select_option(".inviting [name=role]", "viewer")
    await page.click(".inviting button")
    link = await page.locator("#invite-link").input_value()
    await page.click("[data-copy=invite-link]")
    await expect(page.locator("[data-copy=invite-link]")).to_contain_text("Copied")

    zoes = await (await visit()).new_page()
    await zoes.goto(link)
    await expect(zoes.locator("h1")).to_have_text("Plans")
    await zoes.fill("[name=name]", "Zoë")
    await zoes.click("text=Open the board")
    await BoardPage(zoes).ready()
    assert zoes.url == f"{ana.url}/boards/{board}"  # the token is not in the address any more
    await looks_only(zoes)
    assert await roles(ana, board) == {"Ana": "owner", "Zoë": "viewer"}
    # The dialog that is open shows who came.
    await expect(page.locator("#sharing")).to_contain_text("Zoë")
    await page.select_option("[aria-label='What Zoë may do']", "editor")
    await expect(zoes.locator("#tools [data-tool=pen]")).to_be_visible(timeout=AT_ONCE)
    await BoardPage(zoes).draw(wave(300, 300))
    await anas.has_shapes(1)


async def test_a_removed_members_open_page_goes_dark_within_a_second(visit: Visit, ana: Person, ben: Person) -> None:
    board = await ana.create_board()
    await join(ana, board, ben, "editor")
    anas = await BoardPage.open(await visit(ana), f"{ana.url}/boards/{board}")
    bens = await BoardPage.open(await visit(ben), f"{ana.url}/boards/{board}")
    page = await open_sharing(anas)
    await page.click("[aria-label='Remove Ben']")
    await page.click("#confirm [value=yes]")
    await looks_only(bens.page)
    await expect(bens.page.locator("#toasts")).to_contain_text("gone, or it is private", timeout=AT_ONCE)
    await expect(bens.page.locator("#stream")).to_have_count(0)
    await expect(page.locator("[aria-label='Remove Ben']")).to_have_count(0)
    await bens.page.reload()
    await expect(bens.page.locator("h1")).to_have_text("A blank sheet")


async def test_an_editor_who_is_demoted_in_mid_stroke_draws_nothing_more(
    visit: Visit, ana: Person, ben: Person
) -> None:
    board = await ana.create_board()
    await join(ana, board, ben, "editor")
    bens = await BoardPage.open(await visit(ben), f"{ana.url}/boards/{board}")
    await bens.pick("pen")
    await bens.page.mouse.move(300, 300)
    await bens.page.mouse.down()
    await bens.page.mouse.move(400, 350, steps=4)
    assert (await ana.request("PATCH", f"/boards/{board}", json={"presenting": True})).status == 200
    await looks_only(bens.page)
    await expect(bens.page.locator(".badge.viewing")).to_contain_text("Only the owner can draw")
    await bens.page.mouse.move(500, 300, steps=4)
    await bens.page.mouse.up()
    await expect(bens.page.locator(".drafts > *")).to_have_count(0)
    await expect(bens.page.locator("#toasts > *")).to_have_count(0)  # nothing was sent, so nothing was refused
    assert await bens.outbox() == 0
    for key in ("p", "e", "7"):
        await bens.page.keyboard.press(key)
    await looks_only(bens.page)
    assert await ana.shapes(board) == []


async def test_the_owner_presents_by_a_switch_and_goes_on_drawing(visit: Visit, ana: Person, ben: Person) -> None:
    board = await ana.create_board(visibility="link-edit")
    anas = await BoardPage.open(await visit(ana), f"{ana.url}/boards/{board}")
    bens = await BoardPage.open(await visit(ben), f"{ana.url}/boards/{board}")
    page = await open_sharing(anas)
    switch = page.get_by_role("switch", name="Only you can draw")
    await switch.click()
    await expect(switch).to_have_attribute("aria-checked", "true")
    await looks_only(bens.page)
    await page.click("#share-dialog [data-close]")
    await anas.draw(wave(300, 300))
    await bens.has_shapes(1)
    await open_sharing(anas)
    await switch.click()
    await expect(bens.page.locator("#tools [data-tool=pen]")).to_be_visible(timeout=AT_ONCE)
    await expect(switch).to_have_attribute("aria-checked", "false")


async def test_a_board_is_given_away_in_the_dialog_and_both_pages_know_it(
    visit: Visit, ana: Person, ben: Person
) -> None:
    board = await ana.create_board()
    await join(ana, board, ben, "viewer")
    anas = await BoardPage.open(await visit(ana), f"{ana.url}/boards/{board}")
    bens = await BoardPage.open(await visit(ben), f"{ana.url}/boards/{board}")
    page = await open_sharing(anas)
    await page.click(".giving summary")
    await page.click("text=Make owner")
    await expect(page.locator("#sharing")).to_contain_text("Leave")
    await expect(page.locator("#sharing select, #visibility")).to_have_count(0)
    await expect(bens.page.locator("body")).to_have_attribute("data-role", "owner", timeout=AT_ONCE)
    bens_dialog = await open_sharing(bens)
    await expect(bens_dialog.locator("[aria-label='What Ana may do']")).to_have_value("editor")
    await page.click("#sharing >> text=Leave")
    await page.click("#confirm [value=yes]")
    await page.wait_for_url("**/boards")
    await expect(bens_dialog.locator("#sharing")).not_to_contain_text("Ana")


async def test_what_was_refused_is_said_and_the_dialog_shows_what_holds(visit: Visit, ana: Person, ben: Person) -> None:
    board = await ana.create_board()
    await join(ana, board, ben, "editor")
    anas = await BoardPage.open(await visit(ana), f"{ana.url}/boards/{board}")
    page = await open_sharing(anas)
    await page.route("**/members/*", lambda route: route.fulfill(status=503, json={"error": {"message": "Not now."}}))
    await page.select_option("[aria-label='What Ben may do']", "viewer")
    await anas.toast("Not now.")
    await expect(page.locator("[aria-label='What Ben may do']")).to_have_value("editor")


async def test_a_revoked_invitation_says_that_it_counts_no_longer(
    visit: Visit, ana: Person, ben: Person, easel: Easel
) -> None:
    board = await ana.create_board("Plans")
    made = await invited(ana, board)
    bens = await (await visit(ben)).new_page()
    await bens.goto(made["url"])
    anas = await BoardPage.open(await visit(ana), f"{easel.url}/boards/{board}")
    page = await open_sharing(anas)
    await page.click("text=Revoke")
    await expect(page.get_by_text("Revoke")).to_have_count(0)
    await bens.click("text=Open the board as Ben")
    await expect(bens.locator("main")).to_contain_text("ask for a new one")


async def test_the_page_of_the_people_shows_what_its_switches_have_set(visit: Visit, ana: Person, ben: Person) -> None:
    board = await ana.create_board("Plans")
    page = await (await visit(ana)).new_page()
    await page.goto(f"{ana.url}/boards/{board}/members")
    await page.get_by_text("Anyone with the link can edit").click()
    switch = page.get_by_role("switch", name="Allow copies")
    await switch.click()
    await expect(switch).to_be_checked()
    await switch.click()
    await expect(switch).not_to_be_checked()
    assert (await ben.get(f"/boards/{board}", headers={"Accept": "text/html"})).status == 200
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # back from another tab
    await expect(page.locator("#sharing")).to_contain_text("Ben")
