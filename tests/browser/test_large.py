"""A large board in real browsers: seen from afar at once, loaded where one looks, and alive everywhere."""

import re
import uuid
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
from playwright.async_api import Route, expect

from harness.people import Person, shape_of_kind, stroke
from harness.processes import Easel
from tests.browser.board_page import BoardPage, wave
from tests.browser.conftest import Visit

LARGE = 100  # shapes; a page of a larger board draws 60 one by one
CLUSTER = 50
PLACES = [(0, 0), (6_000, 0), (0, 6_000), (6_000, 6_000)]  # far apart, in board px


@pytest.fixture(scope="module")
def url(easel: Easel) -> str:
    """Another web process on the same deployment, for which a board is soon large."""
    return easel.start_another_web(LARGE_BOARD=str(LARGE))


@pytest.fixture
async def ada(url: str, http: aiohttp.ClientSession) -> Person:
    return await Person.sign_in(http, url, "Ada")


@pytest.fixture
async def board(ada: Person) -> str:
    """Four clusters of strokes, each 10 by 5 in 400 by 250 px."""
    id = await ada.create_board("Large", "link-edit")
    for n, (x, y) in enumerate(PLACES):
        strokes = [
            stroke(f"c{n}-{i}", x=x + i % 10 * 40, y=y + i // 10 * 50, points=[0, 0, 15, 20, 30, 0], color="blue")
            for i in range(CLUSTER)
        ]
        assert (await ada.draw(id, *strokes)).status == 201
    return id


async def opened(visit: Visit, person: Person, board: str) -> BoardPage:
    return await BoardPage.open(await visit(person), f"{person.url}/boards/{board}")


async def look_at(page: BoardPage, cluster: int) -> None:
    """Brings a cluster into the window, at full size."""
    x, y = PLACES[cluster]
    view = f"[{300 - x}, {200 - y}, 1]"
    key = await page.page.evaluate("`easel:camera:${document.body.dataset.board}`")
    # A page remembers its view when it goes, so it is told where to look before it opens again.
    await page.page.evaluate("() => addEventListener('pagehide', e => e.stopImmediatePropagation(), true)")
    await page.page.add_init_script(f"sessionStorage.setItem({key!r}, {view!r})")
    await page.page.reload()
    await page.ready()


async def near(page: BoardPage, cluster: int, count: int = CLUSTER) -> None:
    await expect(page.page.locator(f"#shapes > [id^=c{cluster}-]")).to_have_count(
        count, timeout=20_000
    )  # a lost stream waits up to 8 s


async def test_the_page_shows_the_whole_board_from_afar_without_any_script(
    url: str, board: str, http: aiohttp.ClientSession
) -> None:
    async with http.get(f"{url}/boards/{board}", headers={"Accept": "text/html"}) as answer:
        page = await answer.text()
    cells = re.findall(r'<g data-cell="-?\d+,-?\d+">(.*?)</g>', page)
    assert len(cells) == len(PLACES)
    assert all(cell.startswith('<path class="blue" stroke-width="4" d="M') for cell in cells)
    assert all(cell.count("M") == CLUSTER for cell in cells)
    assert 'id="c0-0"' not in page


async def test_what_one_looks_at_is_loaded_and_nothing_else(visit: Visit, ada: Person, board: str) -> None:
    page = await opened(visit, ada, board)
    await expect(page.page.locator("#far > g")).to_have_count(4)
    assert await page.shape_ids() == []
    await look_at(page, 0)
    await near(page, 0)
    assert len(await page.shape_ids()) == CLUSTER
    await expect(page.page.locator("#far > g >> visible=true")).to_have_count(3)


async def test_cells_that_are_long_out_of_sight_go(visit: Visit, ada: Person, board: str) -> None:
    page = await opened(visit, ada, board)
    await look_at(page, 0)
    await near(page, 0)
    for cluster, (dx, dy) in ((1, (6_000, 0)), (3, (0, 6_000)), (2, (-6_000, 0))):
        await page.page.mouse.move(640, 400)
        await page.page.mouse.wheel(dx, dy)
        await near(page, cluster)
    await near(page, 0, 0)
    assert len(await page.shape_ids()) <= 2 * 60 + CLUSTER


async def test_a_stroke_in_sight_is_seen_by_others_in_its_place_in_the_order(
    visit: Visit, ada: Person, board: str
) -> None:
    one, two = [await opened(visit, ada, board) for _ in range(2)]
    for page in (one, two):
        await look_at(page, 0)
        await near(page, 0)
    await one.draw(wave(350, 300))
    await expect(two.page.locator("#shapes > [id]")).to_have_count(CLUSTER + 1)
    await one.has_shapes(CLUSTER + 1)
    order = await two.shape_ids()
    assert order == await one.shape_ids()
    assert not order[-1].startswith("c0-")
    back = {"changeId": str(uuid.uuid4()), "patch": {order[-1]: {"z": "back"}}}
    assert (await ada.post(f"/boards/{board}/changes", back)).status == 201
    await expect(two.page.locator("#shapes > [id]").first).to_have_attribute("id", order[-1])


async def test_changes_out_of_sight_show_from_afar_and_on_arrival(visit: Visit, ada: Person, board: str) -> None:
    page = await opened(visit, ada, board)
    await look_at(page, 0)
    await near(page, 0)
    gone = {"changeId": str(uuid.uuid4()), "remove": [f"c1-{n}" for n in range(40)]}
    assert (await ada.post(f"/boards/{board}/changes", gone)).status == 201
    await page.page.mouse.move(640, 400)
    await page.page.mouse.wheel(6_000, 0)
    await near(page, 1, 10)


async def test_a_page_whose_gap_is_not_known_any_more_loads_anew_what_it_shows(
    visit: Visit, easel: Easel, ada: Person, board: str
) -> None:
    page = await opened(visit, ada, board)
    await look_at(page, 0)
    await near(page, 0)
    await page.page.context.set_offline(True)
    assert (await ada.post(f"/boards/{board}/changes", {"changeId": "gone", "remove": ["c0-0"]})).status == 201
    web = next(other for other in easel.others if other.environment["PORT"] in ada.url)
    web.kill()  # and with it the window of changes that the gap could be filled from
    web.start()
    easel.wait_ready(ada.url)
    await page.page.context.set_offline(False)
    await near(page, 0, CLUSTER - 1)
    await expect(page.page.locator("#far > g >> visible=true")).to_have_count(3)


async def test_an_answer_that_is_older_than_the_page_brings_nothing_back(visit: Visit, ada: Person, board: str) -> None:
    """Of several web processes one may be behind the others."""
    page = await opened(visit, ada, board)
    asked = 0

    async def behind(route: Route) -> None:
        nonlocal asked
        asked += 1
        if asked > 1:
            await route.continue_()
            return
        path = '<path id="ghost" class="red" d="M0 0h0" stroke-width="80" data-z="1"/>'
        cells = parse_qs(urlsplit(route.request.url).query)["at"]
        parts = "".join(f'<g data-cell="{cell}">{path if cell == cells[0] else ""}</g>' for cell in cells)
        body = f'<svg xmlns="http://www.w3.org/2000/svg" data-ts="1">{parts}</svg>'
        await route.fulfill(body=body, content_type="image/svg+xml")

    await page.page.route("**/cells/near?*", behind)
    await look_at(page, 0)
    await near(page, 0)
    assert "ghost" not in await page.shape_ids()


async def test_what_others_draw_out_of_sight_does_not_gather_in_the_page(visit: Visit, ada: Person, board: str) -> None:
    page = await opened(visit, ada, board)
    await look_at(page, 0)
    await near(page, 0)
    for n in range(4):
        strokes = [stroke(f"n{n}-{i}", x=6_000 + 10 * i, y=6_000) for i in range(30)]
        assert (await ada.draw(board, *strokes)).status == 201
    assert (await ada.draw(board, stroke("last"))).status == 201
    await expect(page.page.locator("#shapes > #last")).to_be_attached()
    few = f"() => document.querySelectorAll('#shapes > [id^=n]').length <= {LARGE * 3 // 5}"  # what it may draw
    await page.page.wait_for_function(few, timeout=20_000)
    await near(page, 0)


async def test_a_count_that_did_not_come_is_asked_for_again_whatever_happens(
    visit: Visit, ada: Person, board: str
) -> None:
    page = await opened(visit, ada, board)
    failed: list[str] = []

    async def fail_once(route: Route) -> None:
        if failed:
            await route.continue_()
            return
        failed.append(route.request.url)
        await route.fulfill(status=503)
        assert (await ada.draw(board, stroke("other", x=6_000, y=0))).status == 201

    await page.page.route("**/cells", fail_once)
    await look_at(page, 0)
    await near(page, 0)
    assert failed


async def test_what_is_written_where_nothing_is_loaded_is_found(visit: Visit, ada: Person, board: str) -> None:
    x, y = PLACES[3]
    assert (await ada.draw(board, shape_of_kind("note", "needle", x=x + 100, y=y + 400, text="Needle"))).status == 201
    page = await opened(visit, ada, board)
    await expect(page.page.locator("#shapes > [id=needle]")).to_have_count(0)
    await page.page.keyboard.press("Control+f")
    await page.page.keyboard.type("needle")
    await expect(page.page.locator("#find output")).to_contain_text("1 of 1")
    await expect(page.page.locator("#shapes > [id=needle]")).to_be_in_viewport()
    await page.page.goto(f"{ada.url}/boards/{board}#c1-0")
    await near(page, 1)
