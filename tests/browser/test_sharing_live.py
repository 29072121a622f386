"""A Share dialog that shows what no longer holds, or offers what is not there: it follows while it is open."""

from playwright.async_api import Page, expect

from harness.people import Person
from harness.processes import Easel
from tests.browser.board_page import BoardPage, wave
from tests.browser.conftest import Visit
from tests.browser.test_sharing import looks_only, open_sharing
from tests.integration.sharing import invited, join, roles


async def confirm(page: Page, answer: str = "yes") -> None:
    await page.locator(f"#confirm [value={answer}]").click()


async def test_who_comes_by_the_link_is_listed_and_removed_and_let_back_in(
    visit: Visit, easel: Easel, ana: Person, ben: Person
) -> None:
    board = await ana.create_board("Open", "link-edit")
    url = f"{easel.url}/boards/{board}"
    anas = await BoardPage.open(await visit(ana), url)
    page = await open_sharing(anas)
    bens = await BoardPage.open(await visit(ben), url)
    visitors = page.locator("section[aria-labelledby=visitors-heading]")
    await expect(visitors).to_contain_text("Ben")
    await page.click("[aria-label='Remove Ben']")
    await expect(page.locator("#confirm")).to_contain_text("With the link they can still come back as a new guest")
    await confirm(page, "no")
    await expect(visitors).to_contain_text("Ben")
    await page.click("[aria-label='Remove Ben']")
    await confirm(page)
    await expect(visitors).to_have_count(0)
    await looks_only(bens.page)
    await bens.page.reload()
    await expect(bens.page.locator("h1")).to_have_text("A blank sheet")
    await page.click("[aria-label='Let Ben back in']")
    await expect(page.locator("[aria-label='What Ben may do']")).to_have_value("editor")
    await bens.page.reload()
    await bens.ready()
    await bens.draw(wave(300, 300))
    await anas.has_shapes(1)


async def test_removing_a_visitor_may_close_the_board_to_everybody_else(
    visit: Visit, easel: Easel, ana: Person, ben: Person
) -> None:
    board = await ana.create_board("Open", "link-view")
    await BoardPage.open(await visit(ben), f"{easel.url}/boards/{board}")
    page = await open_sharing(await BoardPage.open(await visit(ana), f"{easel.url}/boards/{board}"))
    await page.click("[aria-label='Remove Ben']")
    await confirm(page, "also")
    await expect(page.locator("#visibility [value=private]")).to_be_checked()
    await expect(page.locator("body")).to_have_attribute("data-visibility", "private")
    await expect(page.locator("section[aria-labelledby=removed-heading]")).to_contain_text("Ben")


async def test_a_role_given_to_a_visitor_holds_on_their_open_page(
    visit: Visit, easel: Easel, ana: Person, ben: Person
) -> None:
    board = await ana.create_board("Open", "link-edit")
    bens = await BoardPage.open(await visit(ben), f"{easel.url}/boards/{board}")
    page = await open_sharing(await BoardPage.open(await visit(ana), f"{easel.url}/boards/{board}"))
    await page.select_option("[aria-label='What Ben may do']", "viewer")
    await looks_only(bens.page)
    await bens.page.keyboard.press("p")
    await bens.toast("You can view this board, but not change it.")
    assert await roles(ana, board) == {"Ana": "owner", "Ben": "viewer"}


async def test_an_open_dialog_follows_changes_and_keeps_its_readers_input(
    visit: Visit, easel: Easel, ana: Person, ben: Person
) -> None:
    board = await ana.create_board("Followed")
    page = await open_sharing(await BoardPage.open(await visit(ana), f"{easel.url}/boards/{board}"))
    await page.select_option(".inviting [name=role]", "viewer")
    await page.click(".inviting button")
    link = await page.locator("#invite-link").input_value()
    await page.select_option(".inviting [name=expiresIn]", "86400")
    await page.locator(".inviting [name=maxUses]").focus()
    # Elsewhere: somebody comes, gets another role, the board is opened, the owner presents, an invitation comes.
    await join(ana, board, ben, "editor")
    role = page.locator("[aria-label='What Ben may do']")
    await expect(role).to_have_value("editor")
    path = f"/boards/{board}"
    assert (await ana.request("PATCH", f"{path}/members/{ben.id}", json={"role": "viewer"})).status == 200
    await expect(role).to_have_value("viewer")
    assert (await ana.request("PATCH", path, json={"visibility": "link-view", "presenting": True})).status == 200
    await expect(page.locator("#visibility [value=link-view]")).to_be_checked()
    await expect(page.get_by_role("switch", name="Only you can draw")).to_have_attribute("aria-checked", "true")
    made = await invited(ana, board, role="editor", maxUses=7)
    await expect(page.locator(f"#invite-{made['id']}")).to_contain_text("0 of 7")
    assert (await ana.request("DELETE", f"{path}/invites/{made['id']}")).status == 204
    await expect(page.locator(f"#invite-{made['id']}")).to_have_count(0)
    # What the owner has before them is still there.
    await expect(page.locator("#invite-link")).to_have_value(link)
    await expect(page.locator(".inviting [name=expiresIn]")).to_have_value("86400")
    await expect(page.locator(".inviting [name=maxUses]")).to_be_focused()


async def test_who_came_by_the_link_sees_in_the_open_dialog_what_it_allows(
    visit: Visit, easel: Easel, ana: Person, ben: Person
) -> None:
    board = await ana.create_board("Open", "link-edit")
    bens = await BoardPage.open(await visit(ben), f"{easel.url}/boards/{board}")
    await bens.page.click("#share")
    panel = bens.page.locator("#sharing")
    await expect(panel).to_contain_text("Anyone with the link can edit")
    await expect(panel.locator("section, select, form")).to_have_count(0)
    assert (await ana.request("PATCH", f"/boards/{board}", json={"visibility": "link-view"})).status == 200
    await expect(panel).to_contain_text("Anyone with the link can view")
    user = (await ana.get(f"/boards/{board}/members")).json["visitors"][0]["user"]
    assert (await ana.request("PATCH", f"/boards/{board}/members/{user}", json={"role": "editor"})).status == 200
    await expect(panel).to_contain_text("Ana")


async def test_the_owner_sees_that_everybody_else_looks_on_and_ends_it_there(
    visit: Visit, easel: Easel, ana: Person, ben: Person
) -> None:
    board = await ana.create_board("Shown", "link-edit")
    url = f"{easel.url}/boards/{board}"
    anas = await BoardPage.open(await visit(ana), url)
    bens = await BoardPage.open(await visit(ben, viewport={"width": 375, "height": 700}), url)
    sign = anas.page.locator("#bar .presenting")
    await expect(sign).to_be_hidden()
    assert (await ana.request("PATCH", f"/boards/{board}", json={"presenting": True})).status == 200
    await expect(sign).to_contain_text("Only you can draw")
    await expect(bens.page.locator(".badge.viewing")).to_contain_text("Only the owner can draw")
    await bens.page.keyboard.press("p")
    await bens.toast("The owner is presenting: only the owner can draw now.")
    await anas.page.get_by_role("button", name="End: let others draw again").click()
    await expect(sign).to_be_hidden()
    await expect(bens.page.locator("#tools [data-tool=pen]")).to_be_visible()


async def test_nobody_is_offered_to_comment(visit: Visit, easel: Easel, ana: Person, ben: Person) -> None:
    board = await ana.create_board()
    await join(ana, board, ben, "commenter")
    page = await open_sharing(await BoardPage.open(await visit(ana), f"{easel.url}/boards/{board}"))
    await expect(page.locator("[aria-label='What Ben may do']")).to_have_value("viewer")
    await expect(page.locator("option", has_text="comment")).to_have_count(0)
    assert await roles(ana, board) == {"Ana": "owner", "Ben": "commenter"}
