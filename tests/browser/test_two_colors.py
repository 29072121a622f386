"""Two colours collapsed into one: line and fill are chosen, pasted and read apart, and labels stand out on any fill."""

import json
from typing import Any

import pytest
from playwright.async_api import expect

from harness.people import Person, shape_of_kind
from harness.processes import Easel
from tests.browser.board_page import BoardPage
from tests.browser.conftest import Visit
from tests.browser.seeded import PHONE, after, opened, opened_to_select, press, rectangle, shape_is
from tests.unit.drawing.test_look import contrast

INK, WHITE = "#1e1e1e", "#ffffff"
LABELLED = [
    {
        **{"id": "box", "type": "rectangle", "x": 0, "y": 0, "width": 160, "height": 80},
        **{"strokeColor": INK, "backgroundColor": WHITE, "fillStyle": "solid"},
    },
    {
        **{"id": "label", "type": "text", "x": 40, "y": 30, "width": 80, "height": 25, "containerId": "box"},
        **{"strokeColor": INK, "text": "Account", "originalText": "Account", "textAlign": "center"},
    },
]
PAINTS = """id => {
  const hex = (part, name) => {
    const canvas = new OffscreenCanvas(1, 1).getContext("2d");
    canvas.fillStyle = getComputedStyle(part)[name];
    canvas.fillRect(0, 0, 1, 1);
    const rgb = [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
    return "#" + rgb.map(n => n.toString(16).padStart(2, "0")).join("");
  };
  const group = document.getElementById(id);
  const line = group.querySelector("[stroke]");
  const body = group.querySelector(".body") ?? line;
  return { line: hex(line, "stroke"), body: hex(body, "fill"), text: hex(group.querySelector("text"), "fill") };
}"""


def field(page: BoardPage, value: str | None = None) -> Any:
    return page.page.locator("#style [data-field=fillColor]" + ("" if value is None else f" [data-value='{value}']"))


async def paints(page: BoardPage, id: str, theme: str) -> dict[str, str]:
    await page.page.evaluate("theme => document.documentElement.dataset.theme = theme", theme)
    found: dict[str, str] = await page.page.evaluate(PAINTS, id)
    return found


async def test_the_fill_of_the_next_shape_has_a_colour_of_its_own(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened(visit, easel, ana)
    await press(page, "r")
    await expect(field(page)).to_be_hidden()
    await page.page.locator("#style [data-field=fill] [data-value=solid]").click()
    await expect(field(page, "")).to_have_attribute("aria-pressed", "true")
    await field(page, "yellow").click()
    await page.drag([(400, 300), (500, 380)])
    (shape,) = (await after(page, ana, board)).values()
    assert (shape["color"], shape["fill"], shape["fillColor"]) == ("black", "solid", "yellow")


async def test_the_selections_fill_is_changed_by_keys_and_back(visit: Visit, easel: Easel, ana: Person) -> None:
    shapes = rectangle(color="red", fillColor="blue"), rectangle("b", y=400, color="red")
    page, board = await opened_to_select(visit, easel, ana, *shapes)
    await press(page, "Control+a")
    await expect(field(page)).to_have_attribute("data-mixed", "")
    await expect(field(page).locator("[aria-pressed=true]")).to_have_count(0)
    await field(page, "green").focus()
    await press(page, "Enter")
    assert {one["fillColor"] for one in (await after(page, ana, board)).values()} == {"green"}
    await page.page.locator("#custom-fill-color").fill("#ffe8b3")
    await shape_is(ana, page, board, fillColor="#ffe8b3", color="red")
    await field(page, "").click()
    await shape_is(ana, page, board, fillColor="", color="red")
    await press(page, *["Control+z"] * 3)
    assert [one["fillColor"] for one in (await after(page, ana, board)).values()] == ["blue", ""]


async def test_a_finger_chooses_the_fill_on_a_phone(visit: Visit, easel: Easel, ana: Person) -> None:
    page, board = await opened(visit, easel, ana, rectangle(x=100, y=200, fill="solid"), **PHONE)
    await page.page.locator("#tools [data-tool=select]").tap()
    await page.page.touchscreen.tap(160, 240)
    await page.page.locator("[popovertarget=style], [data-opens=style], #style-open").first.tap()
    await field(page, WHITE).tap()
    await shape_is(ana, page, board, fillColor=WHITE)


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_a_dark_outline_on_white_is_pasted_as_it_is(visit: Visit, easel: Easel, ana: Person, theme: str) -> None:
    page, board = await opened_to_select(visit, easel, ana)
    await page.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    text = json.dumps({"type": "excalidraw/clipboard", "elements": LABELLED})
    await page.page.evaluate("text => navigator.clipboard.writeText(text)", text)
    await press(page, "Control+v")
    await page.has_shapes(1)
    (shape,) = (await after(page, ana, board)).values()
    assert (shape["color"], shape["fill"], shape["fillColor"]) == (INK, "solid", WHITE)
    assert await paints(page, shape["id"], theme) == {"line": INK, "body": WHITE, "text": INK}


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_a_label_stands_out_on_any_fill(visit: Visit, easel: Easel, ana: Person, theme: str) -> None:
    fills = ["black", "yellow", "violet", WHITE, "#000000", "#777777", "#a5d8ff"]
    colors = ["black", "blue", WHITE]
    boxes = [
        shape_of_kind("ellipse", f"s{n}-{m}-{fill}", x=130 * n, y=90 * m, w=120, h=80, text="Ink")
        | {"fill": fill, "color": color, "fillColor": other}
        for n, other in enumerate(fills)
        for m, (color, fill) in enumerate([(color, fill) for color in colors for fill in ("solid", "tint")])
    ]
    page, _ = await opened(visit, easel, ana, *boxes)
    for box in boxes:
        if box["color"] == box["fillColor"]:
            continue
        found = await paints(page, box["id"], theme)
        assert contrast(found["text"], found["body"]) >= 4.4, (box, found)


async def test_white_with_a_white_line_has_a_label_that_can_be_read(visit: Visit, easel: Easel, ana: Person) -> None:
    box = rectangle(color=WHITE, fill="solid", text="Seen")
    page, _ = await opened(visit, easel, ana, box, {**box, "id": "tint", "fill": "tint", "y": 400})
    for theme in ("light", "dark"):
        for id in ("a", "tint"):
            found = await paints(page, id, theme)
            assert contrast(found["text"], found["body"]) >= 4.4, (id, theme, found)
