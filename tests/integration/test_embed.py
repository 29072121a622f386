"""A board in a frame of another page: who may frame it, and that nothing else can be framed."""

from pathlib import Path

import aiohttp
import pytest

from app.settings import SettingsError, load
from harness.people import Person
from harness.processes import Easel

PAGE = {"Accept": "text/html"}


async def ancestors(http: aiohttp.ClientSession, url: str) -> str:
    """Who may frame an answer."""
    async with http.get(url, headers=PAGE, allow_redirects=False) as answer:
        return answer.headers["Content-Security-Policy"].rpartition("frame-ancestors ")[2]


async def embeddable(owner: Person, visibility: str = "link-view") -> str:
    board = await owner.create_board("Framed", visibility)
    answer = await owner.request("PATCH", f"/boards/{board}", json={"embeddable": True})
    assert (answer.status, answer.json["embeddable"]) == (200, True)
    return board


async def test_only_the_embed_of_a_board_whose_owner_allows_it_can_be_framed(
    easel: Easel, http: aiohttp.ClientSession, ana: Person
) -> None:
    plain = await ana.create_board("Plain", "link-view")
    assert await ancestors(http, f"{easel.url}/boards/{plain}/embed") == "'none'"
    board = await embeddable(ana)
    assert await ancestors(http, f"{easel.url}/boards/{board}/embed") == "*"
    for path in ("", ".json", "/outline", "/members", "/embed/", "/cells"):
        assert await ancestors(http, f"{easel.url}/boards/{board}{path}") == "'none'", path
    for path in ("/", "/boards", "/sign-in", "/nothing", "/static/favicon.svg"):
        assert await ancestors(http, easel.url + path) == "'none'", path


async def test_a_closed_board_is_framed_by_nobody_and_reveals_nothing(
    easel: Easel, http: aiohttp.ClientSession, ana: Person
) -> None:
    board = await embeddable(ana, "private")
    url = f"{easel.url}/boards/{board}/embed"
    assert await ancestors(http, url) == "'none'"
    async with http.get(url, headers=PAGE) as answer:
        assert answer.status == 404
        assert "Framed" not in await answer.text()


async def test_an_embed_has_nothing_of_the_owners_and_starts_no_session(
    easel: Easel, http: aiohttp.ClientSession, ana: Person
) -> None:
    board = await embeddable(ana, "link-edit")
    async with http.get(f"{easel.url}/boards/{board}/embed", headers=PAGE) as answer:
        assert "Set-Cookie" not in answer.headers
        assert 'data-role="viewer"' in await answer.text()
    cookie = PAGE | {"Cookie": f"session={ana.token}"}
    async with http.get(f"{easel.url}/boards/{board}/embed", headers=cookie) as answer:
        text = await answer.text()
    for owned in ("hx-delete", "hx-patch", "share-dialog", 'id="menu"', "data-sign-out", "/members"):
        assert owned not in text, owned


async def test_the_share_panel_has_the_code_and_shows_a_title_as_text(ana: Person) -> None:
    board = await embeddable(ana)
    title = '"><script>alert(1)</script>'
    assert (await ana.request("PATCH", f"/boards/{board}", json={"title": title})).status == 200
    panel = await ana.request("GET", f"/boards/{board}/members", headers={"HX-Request": "true"})
    text = panel.body.decode()
    assert f"{ana.url}/boards/{board}/embed" in text
    assert "<script>" not in text
    assert "&amp;lt;script&amp;gt;" in text  # once for the attribute here, and once for that of the frame


@pytest.mark.parametrize(
    ("value", "policy"),
    [
        ("*", "*"),
        ("none", ""),
        ("https://Wiki.example.org/", "https://wiki.example.org"),
        ("https://a.example.org, http://[::1]:3000", "https://a.example.org http://[::1]:3000"),
        ("https://*.example.org", "https://*.example.org"),
    ],
)
def test_origins_become_a_policy(tmp_path: Path, value: str, policy: str) -> None:
    assert load(data_dir=tmp_path, frame_ancestors=value).frame_ancestors == policy


@pytest.mark.parametrize(
    "value", ["example.org", "https://a;b", "https://a 'unsafe'", "https://a/path", "*.example.org"]
)
def test_what_is_no_origin_is_refused_with_a_sentence(tmp_path: Path, value: str) -> None:
    with pytest.raises(SettingsError, match="FRAME_ANCESTORS must be"):
        load(data_dir=tmp_path, frame_ancestors=value)


async def test_a_setting_decides_which_sites_may_frame(easel: Easel, http: aiohttp.ClientSession, ana: Person) -> None:
    board = await embeddable(ana)
    for value, policy in (("https://wiki.example.org", "https://wiki.example.org"), ("none", "'none'")):
        url = easel.start_another_web(FRAME_ANCESTORS=value)
        assert await ancestors(http, f"{url}/boards/{board}/embed") == policy
        headers = {"HX-Request": "true", "Authorization": f"Bearer {ana.token}"}
        async with http.get(f"{url}/boards/{board}/members", headers=headers) as answer:
            assert ("Allow this board on other pages" in await answer.text()) == (value != "none")
