"""A tab that was hidden, and is seen again: its stream is open at once."""

from playwright.async_api import Request

from harness.people import Person
from tests.browser.board_page import BoardPage, wave
from tests.browser.conftest import Visit
from tests.browser.test_windows import HIDE

# What would wait waits for ever.
NO_RETRY = "() => { const later = setTimeout; window.setTimeout = (work, ms = 0) => later(work, ms > 300 ? 1e8 : ms); }"


def is_stream(request: Request) -> bool:
    return "/stream?" in request.url


async def test_a_tab_that_is_seen_again_opens_its_stream_at_once(visit: Visit, ana: Person, shared_board: str) -> None:
    context = await visit(ana)
    hidden, other = [await BoardPage.open(context, shared_board) for _ in range(2)]
    async with hidden.page.expect_event("requestfailed", is_stream):
        await hidden.page.evaluate(HIDE, True)
    await other.draw(wave(300, 300))
    await other.saved()
    await hidden.page.evaluate(NO_RETRY)
    async with hidden.page.expect_request(is_stream):
        await hidden.page.evaluate(HIDE, False)
    await hidden.has_shapes(1)
