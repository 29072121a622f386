"""Incoming hooks in the Share panel: one is made, used, renamed and revoked, and without a script too."""

import re

from playwright.async_api import expect

from harness.people import Person
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit
from tests.integration.hooks import put, send


async def test_the_owner_makes_a_hook_sees_it_used_and_revokes_it(visit: Visit, ana: Person) -> None:
    board = await BoardPage.open(await visit(ana), f"{ana.url}/boards/{await ana.create_board('Builds')}")
    page = board.page
    await page.click("#share")
    await page.fill("[aria-label='Name of a new hook']", "CI")
    await page.keyboard.press("Enter")
    url = await page.locator("#hook-address").input_value()
    await page.click("[data-copy=hook-address]")
    await expect(page.locator("[data-copy=hook-address]")).to_contain_text("Copied")
    row = page.locator(".row.hook")
    await expect(row).to_contain_text("not used yet")
    await page.locator("#share-dialog [data-close]").click()

    made = await put(ana.http, url, "Build 7 failed")
    await expect(page.locator(f"#board [id='{made['shape']}']")).to_contain_text("Build 7 failed")

    await page.click("#share")
    await expect(row).to_contain_text("1 note · last just now")
    await page.fill("[aria-label='Name of the hook CI']", "Nightly build")
    await page.keyboard.press("Enter")
    await expect(page.locator("[aria-label='Name of the hook Nightly build']")).to_be_visible()
    await page.click("[aria-label='Revoke the hook Nightly build']")
    await expect(page.locator("#confirm h2")).to_have_text("Revoke Nightly build?")
    await page.click("#confirm [value=yes]")
    await expect(row).to_have_count(0)
    assert (await send(ana.http, url, {"text": "Build 8 failed"})).status == 404


async def test_a_hook_is_made_and_revoked_without_a_script(visit: Visit, ana: Person) -> None:
    page = await (await visit(ana, java_script_enabled=False)).new_page()
    await page.goto(f"{ana.url}/boards/{await ana.create_board()}/members")
    await page.fill("[aria-label='Name of a new hook']", "Form")
    await page.click("text=New hook")
    assert re.search("/hooks/hook_", await page.locator("#hook-address").input_value())
    await page.fill("[aria-label='Name of the hook Form']", "Chat")
    await page.click(".row.hook .unscripted")
    await page.click("[aria-label='Revoke the hook Chat']")
    await expect(page.locator(".row.hook")).to_have_count(0)
