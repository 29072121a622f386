"""All boards as one file, as a person gets them, with and without script."""

from base64 import b64encode
from pathlib import Path

import pytest
from playwright.async_api import FilePayload, Page, expect

from harness.people import Person, shape_of_kind
from harness.pictures import add, picture
from tests.browser.bringing import BRING
from tests.browser.conftest import Visit
from tests.integration.archives import index, made, opened, zipped


async def taken(page: Page) -> bytes:
    async with page.expect_download() as download:
        await page.get_by_role("link", name="Download", exact=True).click()
    return (await (await download.value).path()).read_bytes()


@pytest.mark.parametrize("script", [True, False])
async def test_a_person_packs_their_boards_and_takes_them(visit: Visit, ana: Person, script: bool) -> None:
    boards = [await ana.create_board(f"Board {n}") for n in range(3)]
    for board in boards:
        await ana.draw(board, shape_of_kind("note", text="Buy milk"))
    await add(ana, boards[0], picture(300, 200, "#336699"))
    page = await (await visit(ana, java_script_enabled=script)).new_page()
    await page.goto(f"{ana.url}/boards")
    await page.locator("main").get_by_role("link", name="Download all my boards").click()
    await page.get_by_role("button", name="Pack my boards").click()
    await expect(page.locator("#archive-state")).to_contain_text("3 boards are packed")
    archive = await taken(page)
    assert len(index(archive)["boards"]) == 3
    await page.get_by_role("button", name="Delete it now").click()
    await expect(page.get_by_role("button", name="Pack my boards")).to_be_visible()


async def test_the_list_says_that_it_is_ready(visit: Visit, ana: Person) -> None:
    await ana.create_board()
    page = await (await visit(ana)).new_page()
    await page.goto(f"{ana.url}/archive")
    await page.get_by_role("button", name="Pack my boards").click()
    await expect(page.locator("#archive-state")).to_contain_text("Your board is packed")
    await page.goto(f"{ana.url}/boards")
    link = page.locator("#archive-state").get_by_role("link", name="download the ZIP file")
    async with page.expect_download() as download:
        await link.click()
    assert (await download.value).suggested_filename.startswith("Easel boards ")


async def test_the_index_opens_without_a_network(visit: Visit, ana: Person, tmp_path: Path) -> None:
    board = await ana.create_board("A <b>plan</b> #1")
    await ana.draw(board, shape_of_kind("note", "n1", text="Buy milk"))
    page = await (await visit(ana)).new_page()
    await page.goto(f"{ana.url}/archive")
    await page.get_by_role("button", name="Pack my boards").click()
    await expect(page.locator("#archive-state")).to_contain_text("packed:")
    with opened(await taken(page)) as file:
        file.extractall(tmp_path)
    alone = await visit(offline=True)
    page = await alone.new_page()
    await page.goto((tmp_path / "index.html").as_uri())
    await expect(page.get_by_role("heading", name="A <b>plan</b> #1")).to_be_visible()
    drawn = page.locator("li img")
    assert await drawn.evaluate("async (image) => { await image.decode(); return image.naturalWidth > 0 }")
    await page.locator("li > a").first.click()
    await expect(page.locator("svg")).to_contain_text("Buy milk")


@pytest.mark.parametrize("how", ["drop", "form"])
async def test_an_archive_becomes_boards_again(visit: Visit, ana: Person, ben: Person, how: str) -> None:
    for n in range(2):
        board = await ana.create_board(f"Board {n}")
        await ana.draw(board, shape_of_kind("note", text="Buy milk"))
    archive = await made(ana)
    page = await (await visit(ben, java_script_enabled=how == "drop")).new_page()
    if how == "drop":
        await page.goto(f"{ben.url}/boards")
        await page.evaluate(BRING, ["drop", {}, [["all.zip", "", b64encode(archive).decode()]], "main"])
        await expect(page.locator("#toasts")).to_contain_text("all.zip: 2 boards.")
    else:
        await page.goto(f"{ben.url}/archive")
        file = FilePayload(name="all.zip", mimeType="application/zip", buffer=archive)
        await page.get_by_label("A ZIP file of boards").set_input_files(file)
        await page.get_by_role("button", name="Open it").click()
        await expect(page.get_by_role("heading", name="2 of 2 boards opened")).to_be_visible()
        await page.get_by_role("link", name="Back to the boards").click()
    await expect(page.locator(".card h2")).to_have_text(["Board 1", "Board 0"])


async def test_an_archive_that_cannot_be_opened_is_explained(visit: Visit, ana: Person) -> None:
    page = await (await visit(ana)).new_page()
    await page.goto(f"{ana.url}/boards")
    await page.locator("#open-file input[type=file]").set_input_files(
        FilePayload(name="no.zip", mimeType="application/zip", buffer=zipped({"a.txt": b""}))
    )
    await expect(page.locator("#toasts")).to_contain_text("no.zip was not opened. This ZIP archive has no boards")
