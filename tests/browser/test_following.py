"""Following: one view after a person, and views that follow each other in any circle and drive each other away."""

import asyncio

from playwright.async_api import ViewportSize, expect

from harness.people import Person
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit
from tests.browser.pair import matrix, same_view, two

SIZES: list[ViewportSize] = [
    {"width": 1280, "height": 800},
    {"width": 800, "height": 900},
    {"width": 1000, "height": 500},
]


async def meet(visit: Visit, url: str, *people: Person) -> list[BoardPage]:
    """Their pages, in windows of different sizes, each knowing of all others."""
    pages = [await BoardPage.open(await visit(person, viewport=SIZES[n % 3]), url) for n, person in enumerate(people)]
    for page in pages:
        await expect(page.page.locator("#people .person")).to_have_count(len({person.name for person in people}))
        await page.page.mouse.move(300, 300)
    return pages


def face(name: str) -> str:
    return f"#people .person[title={name}] button"


async def follow(page: BoardPage, name: str, leader: BoardPage | None, me: str) -> None:
    """Follows, and waits until the other page knows it."""
    await page.page.locator(face(name)).click()
    if leader:
        await expect(leader.page.locator(f"#people .person[title={me}][data-follower]")).to_be_attached()


async def settled(*pages: BoardPage) -> list[list[float]]:
    """The views, once none has moved for ten looks: a loop never gets there."""
    before: list[list[float]] = []
    still = 0
    async with asyncio.timeout(20):
        while still < 10:
            await asyncio.sleep(0.05)
            now = [matrix(await page.camera()) for page in pages]
            still = still + 1 if now == before else 0
            before = now
    return before


async def moved(page: BoardPage, before: list[float]) -> None:
    """Waits until the page shows another view."""
    async with asyncio.timeout(20):
        while matrix(await page.camera()) == before:
            await asyncio.sleep(0.05)


async def follows(page: BoardPage) -> bool:
    return await page.page.locator("#following").is_visible()


async def pan(page: BoardPage, by: float = 200) -> None:
    await page.page.mouse.move(350, 350)
    await page.page.mouse.wheel(0, by)


async def test_of_two_who_follow_each_other_one_stops(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    anas, bens = await meet(visit, shared_board, ana, ben)
    await follow(anas, "Ben", bens, "Ana")
    await settled(anas, bens)
    before = matrix(await bens.camera())
    await follow(bens, "Ana", anas, "Ben")
    await anas.toast("Ben follows you now, so you no longer follow Ben.")
    await expect(anas.page.locator("#following")).to_be_hidden()
    assert await follows(bens)
    views = await settled(anas, bens)
    assert views[1][0] > 0.3 * before[0]
    await pan(anas)
    await moved(bens, views[1])  # Ben still follows


async def test_two_who_follow_each_other_at_once_do_not_swim(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    anas, bens = await meet(visit, shared_board, ana, ben)
    await asyncio.gather(follow(anas, "Ben", None, "Ana"), follow(bens, "Ana", None, "Ben"))
    views = await settled(anas, bens)
    assert all(view[0] > 0.3 for view in views)
    assert not (await follows(anas) and await follows(bens))


async def test_a_circle_of_three_is_opened(
    visit: Visit, ana: Person, ben: Person, guest: Person, shared_board: str
) -> None:
    anas, bens, gus = await meet(visit, shared_board, ana, ben, guest)
    await follow(anas, "Ben", bens, "Ana")
    await follow(bens, "Gus", gus, "Ben")
    await follow(gus, "Ana", anas, "Gus")
    await expect(anas.page.locator("#following")).to_be_hidden()
    assert await follows(bens)
    assert await follows(gus)
    views = await settled(anas, bens, gus)
    assert all(view[0] > 0.2 for view in views)
    await pan(anas)
    await moved(bens, views[1])
    await moved(gus, views[2])


async def test_whoever_follows_a_follower_sees_the_leaders_view(
    visit: Visit, ana: Person, ben: Person, guest: Person, shared_board: str
) -> None:
    """Not the larger box that the one between needs to show it."""
    anas, bens, gus = await meet(visit, shared_board, ana, ben, guest)
    await gus.page.set_viewport_size(SIZES[0])
    await follow(bens, "Ana", anas, "Ben")
    await follow(gus, "Ben", bens, "Gus")
    await pan(anas)
    await anas.page.keyboard.press("Control+=")
    await same_view(anas, gus)
    await pan(bens)  # Ben takes his view back: now it is his that is followed
    await expect(bens.page.locator("#following")).to_be_hidden()
    views = await settled(anas, bens, gus)
    await pan(bens)
    await moved(gus, views[2])
    assert matrix(await anas.camera()) == views[0]


async def test_of_two_windows_the_last_used_is_followed(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    anas, one, other = await meet(visit, shared_board, ana, ben, ben)
    for window in (one, other):
        await window.page.set_viewport_size(SIZES[0])
    await follow(anas, "Ben", one, "Ana")
    await expect(other.page.locator("#people .person[title=Ana][data-follower]")).to_be_attached()
    await pan(one, 300)
    await same_view(anas, one)
    await pan(other, 500)
    await same_view(anas, other)
    await settled(anas)
    await pan(one, 100)
    await same_view(anas, one)
    await settled(anas)


async def test_a_second_window_that_follows_back_does_not_swim(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    anas, one, other = await meet(visit, shared_board, ana, ben, ben)
    await follow(anas, "Ben", one, "Ana")
    await follow(other, "Ana", anas, "Ben")
    views = await settled(anas, one, other)
    assert all(view[0] > 0.3 for view in views)


async def test_the_view_follows_a_person_until_one_moves_it_oneself(
    visit: Visit, ana: Person, ben: Person, shared_board: str
) -> None:
    anas, bens = await two(visit, ana, ben, shared_board)
    await anas.page.locator("#people .person[title=Ben] button").click()
    pill = anas.page.locator("#following")
    await expect(pill).to_contain_text("Following Ben")
    await expect(anas.page.locator("#following-frame")).to_be_visible()
    await bens.toast("Ana follows you")
    await expect(bens.page.locator("#people .person[title=Ana][data-follower]")).to_be_visible()
    await bens.page.mouse.move(640, 400)
    await bens.page.mouse.wheel(0, 500)
    await bens.page.keyboard.press("Control+=")
    await same_view(anas, bens)
    await anas.page.mouse.move(640, 400)
    await anas.page.mouse.wheel(0, 50)
    await expect(pill).to_be_hidden()
    await expect(bens.page.locator("#people .person[data-follower]")).to_have_count(0)
    await anas.page.locator("#people .person[title=Ben] button").click()
    await same_view(anas, bens)
    await pill.get_by_role("button", name="Stop").click()
    await expect(pill).to_be_hidden()


async def test_following_ends_when_the_person_leaves(visit: Visit, ana: Person, ben: Person, shared_board: str) -> None:
    anas, bens = await two(visit, ana, ben, shared_board)
    await bens.page.mouse.move(400, 300)
    await anas.page.locator("#people .person[title=Ben] button").click()
    await bens.toast("Ana follows you")
    await bens.page.close()
    await anas.toast("Ben has left")
    await expect(anas.page.locator("#following")).to_be_hidden()
