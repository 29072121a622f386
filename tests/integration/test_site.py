"""What browsers and crawlers ask every site for."""

import io

import aiohttp
import pytest
from PIL import Image

from harness.people import Person
from harness.processes import Easel


async def test_only_the_first_page_may_be_listed(easel: Easel, http: aiohttp.ClientSession, ana: Person) -> None:
    board = await ana.create_board("Open", "link-view")
    async with http.get(f"{easel.url}/robots.txt") as answer:
        assert answer.content_type == "text/plain"
        assert "Disallow:\n" in await answer.text()  # or nobody would read what follows
    async with http.get(f"{easel.url}/") as answer:
        assert "X-Robots-Tag" not in answer.headers
    for path in (f"/boards/{board}", f"/boards/{board}.svg", "/boards", "/nothing"):
        async with http.get(easel.url + path, headers={"Accept": "text/html"}, allow_redirects=False) as answer:
            assert answer.headers["X-Robots-Tag"] == "noindex, nofollow", path


@pytest.mark.parametrize(
    ("path", "type", "side"),
    [
        ("/favicon.ico", "image/x-icon", 48),
        ("/static/icon-touch.png", "image/png", 180),
        ("/static/icon-192.png", "image/png", 192),
        ("/static/icon-512.png", "image/png", 512),
        ("/static/icon-maskable.png", "image/png", 512),
    ],
)
async def test_icons_are_as_large_as_they_say(
    easel: Easel, http: aiohttp.ClientSession, path: str, type: str, side: int
) -> None:
    async with http.get(easel.url + path) as answer:
        assert (answer.status, answer.content_type) == (200, type)
        assert Image.open(io.BytesIO(await answer.read())).size == (side, side)


async def test_the_manifest_names_icons_that_are_there(easel: Easel, http: aiohttp.ClientSession) -> None:
    async with http.get(f"{easel.url}/static/manifest.webmanifest") as answer:
        icons = (await answer.json(content_type=None))["icons"]
    for icon in icons:
        async with http.get(easel.url + icon["src"]) as answer:
            assert (answer.status, answer.content_type) == (200, icon["type"])
