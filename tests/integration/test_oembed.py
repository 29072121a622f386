"""How other sites show a board of which they have the link: oEmbed, and previews."""

import io
from typing import Any

import aiohttp
import pytest
from PIL import Image

from harness.people import Person
from harness.processes import Easel
from tests.integration.test_embed import embeddable

SLACK = {"User-Agent": "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)", "Accept": "*/*"}


async def oembed(http: aiohttp.ClientSession, easel: Easel, **query: str) -> tuple[int, Any]:
    async with http.get(f"{easel.url}/oembed", params=query) as answer:
        return answer.status, await answer.json()


async def test_a_board_open_by_link_is_described(easel: Easel, http: aiohttp.ClientSession, ana: Person) -> None:
    url = f"{easel.url}/boards/{await embeddable(ana)}"
    for asked in (url, f"{url}/embed", f"{url}?a=b#c"):
        status, found = await oembed(http, easel, url=asked, format="json", maxwidth="600", maxheight="9000")
        assert status == 200
        assert (found["version"], found["type"], found["title"]) == ("1.0", "rich", "Framed")
        assert (found["width"], found["height"]) == (600, 500)
        async with http.get(found["thumbnail_url"]) as picture:
            shown = Image.open(io.BytesIO(await picture.read()))
        assert shown.size == (found["thumbnail_width"], found["thumbnail_height"])
        assert f'<iframe src="{url}/embed" title="Framed" width="600" height="500"' in found["html"]


async def test_other_boards_do_not_exist_for_other_sites(
    easel: Easel, http: aiohttp.ClientSession, ana: Person
) -> None:
    private, closed = await embeddable(ana, "private"), await ana.create_board("Closed", "link-view")
    answers = []
    for board in (private, closed, private[:-1] + ("0" if private[-1] != "0" else "1")):
        answers.append(await oembed(http, easel, url=f"{easel.url}/boards/{board}"))
        owner = await ana.get(f"/oembed?url={easel.url}/boards/{board}")
        answers.append((owner.status, owner.json))
    assert answers[0][0] == 404
    assert all(answer == answers[0] for answer in answers)


@pytest.mark.parametrize(
    ("query", "status", "field"),
    [
        ({}, 422, "url"),
        ({"url": "https://example.org/boards/abc"}, 404, "url"),
        ({"url": "{easel}.example.org/boards/abc"}, 404, "url"),
        ({"url": "{easel}/boards"}, 404, "url"),
        ({"url": "{board}", "format": "xml"}, 501, "format"),
        ({"url": "{board}", "maxwidth": "0"}, 422, "maxwidth"),
        ({"url": "{board}", "maxheight": "much"}, 422, "maxheight"),
    ],
)
async def test_what_cannot_be_answered_is_refused_with_a_sentence(
    easel: Easel, http: aiohttp.ClientSession, ana: Person, query: dict[str, str], status: int, field: str
) -> None:
    board = f"{easel.url}/boards/{await embeddable(ana)}"
    asked = {name: value.format(easel=easel.url, board=board) for name, value in query.items()}
    answer, found = await oembed(http, easel, **asked)
    assert (answer, found["error"]["field"]) == (status, field)
    assert field in found["error"]["message"]


async def preview(http: aiohttp.ClientSession, url: str) -> str:
    async with http.get(url, headers=SLACK) as answer:
        assert answer.content_type == "text/html"
        return (await answer.text()).partition("</head>")[0]


async def test_a_link_is_previewed_by_title_and_leads_to_its_description(
    easel: Easel, http: aiohttp.ClientSession, ana: Person
) -> None:
    board = await embeddable(ana, "link-edit")
    head = await preview(http, f"{easel.url}/boards/{board}")
    assert '<meta property="og:title" content="Framed">' in head
    assert f'<meta property="og:url" content="{easel.url}/boards/{board}">' in head
    assert '<meta name="twitter:card" content="summary_large_image">' in head
    assert f'<meta property="og:image" content="{easel.url}/boards/{board}.png?width=1200&amp;theme=light">' in head
    assert "application/json+oembed" in head
    closed = await preview(http, f"{easel.url}/boards/{await ana.create_board('Open', 'link-view')}")
    assert '<meta property="og:title" content="Open">' in closed
    assert "oembed" not in closed


async def test_a_private_board_has_no_preview(easel: Easel, http: aiohttp.ClientSession, ana: Person) -> None:
    url = f"{easel.url}/boards/{await ana.create_board('Secret', 'private')}"
    assert "Secret" not in await preview(http, url)
    page = await ana.get(url.removeprefix(easel.url), headers={"Accept": "text/html"})
    assert b"og:" not in page.body  # its own page has nothing for others either
