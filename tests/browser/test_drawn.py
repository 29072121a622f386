"""What the server drew, in a real browser: read there and drawn anew, it is the same."""

from typing import Any

from playwright.async_api import Page

from harness.people import Person
from harness.processes import Easel
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit
from tests.browser.module import with_module
from tests.drawn import TEXTS, samples, shape

DIFFERENT = """async () => {
  const { element, read } = module;
  const plain = (node) => {
    const copy = node.cloneNode(true);
    copy.removeAttribute("style");
    const data = copy.getAttribute("data-shape");
    if (data) copy.setAttribute("data-shape", JSON.stringify(JSON.parse(data)));
    return copy.outerHTML;
  };
  const find = (id) => {
    const found = [...document.querySelectorAll("#shapes > [id]")].find((node) => node.id === id);
    return found && read(found);
  };
  return [...document.querySelectorAll("#shapes > [id]")]
    .map((node) => [plain(node), plain(element(read(node), find))])
    .filter(([server, here]) => server !== here);
}"""
WIDTHS = """async () => {
  const { lines } = module;
  await document.fonts.ready;
  return [...document.querySelectorAll("#shapes text")].map((text) => {
    const size = Number(text.getAttribute("font-size"));
    return [text.textContent, text.getComputedTextLength() / size, lines(text.textContent, 1000)[0].width / 1000];
  });
}"""


async def test_the_page_reads_and_draws_every_shape_as_the_server_drew_it(
    visit: Visit, easel: Easel, ana: Person
) -> None:
    made = [one for one in samples() if one["kind"] != "image"]
    board = await opened(visit, easel, ana, made)
    await board.has_shapes(len(made))
    assert await board.page.evaluate(with_module("browser/kinds/index.ts", DIFFERENT)) == []


async def test_text_is_as_wide_as_the_layout_takes_it_for(visit: Visit, easel: Easel, ana: Person) -> None:
    fonts = [text for text in TEXTS if text.strip() and text.isprintable() and max(map(ord, text)) < 0x2100]
    latin = [text for text in fonts if not text.startswith(("ש", "م"))]
    assert len(latin) > 5
    made = [shape(f"t{n}", "text", text=text, y=30 * n) for n, text in enumerate(latin)]
    board = await opened(visit, easel, ana, made)
    for text, drawn, measured in await widths(board.page):
        assert abs(drawn - measured) < 0.05, text  # of the font size: a combining mark may move its letter


async def widths(page: Page) -> list[tuple[str, float, float]]:
    found: list[tuple[str, float, float]] = await page.evaluate(with_module("browser/text/layout.ts", WIDTHS))
    return found


async def opened(visit: Visit, easel: Easel, ana: Person, made: list[dict[str, Any]]) -> BoardPage:
    board = await ana.create_board("Drawn")
    for start in range(0, len(made), 100):
        answer = await ana.draw(board, *made[start : start + 100])
        assert answer.status == 201, answer.body
    return await BoardPage.open(await visit(ana), f"{easel.url}/boards/{board}")
