"""The kind of fault: with forced colours what is drawn has the colour of what it is drawn on."""

import io
from typing import Any

import pytest
from PIL import Image

from harness.people import Person, shape_of_kind, stroke
from harness.processes import Easel
from tests.browser.conftest import Visit
from tests.browser.seeded import opened, press

COLORS = ["black", "grey", "red", "orange", "yellow", "green", "teal", "blue", "violet", "pink"]


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """As WCAG measures it: 1 to 21."""

    def luminance(color: tuple[int, ...]) -> float:
        parts = [part / 255 / 12.92 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in color[:3]]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark", "auto"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_ink_is_seen_on_every_canvas(visit: Visit, easel: Easel, ana: Person, theme: str, scheme: str) -> None:
    strokes = [
        stroke(color, x=400, y=150 + 30 * n, points=[0, 0, 100, 0, 200, 0], width=16, color=color)
        for n, color in enumerate(COLORS)
    ]
    box = shape_of_kind("rectangle", "box", x=700, y=200, w=200, h=150, width=16, text="Words")
    options: dict[str, Any] = {"forced_colors": "active", "color_scheme": scheme}
    page, _ = await opened(visit, easel, ana, *strokes, box, **options)
    await press(page, "v")
    await page.page.evaluate("theme => { if (theme !== 'auto') document.documentElement.dataset.theme = theme }", theme)
    await press(page, "Escape")
    await page.page.evaluate("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))")
    picture = Image.open(io.BytesIO(await page.page.screenshot())).convert("RGB")
    canvas = picture.getpixel((650, 600))
    for n, color in enumerate(COLORS):
        assert contrast(picture.getpixel((500, 150 + 30 * n)), canvas) >= 3, color  # type: ignore[arg-type]
    assert contrast(picture.getpixel((800, 200)), canvas) >= 7  # type: ignore[arg-type]
    background = "tool => getComputedStyle(tool).backgroundColor"
    pressed = await page.page.locator("#tools [data-tool=select]").evaluate(background)
    assert pressed != await page.page.locator("#tools [data-tool=pen]").evaluate(background)
