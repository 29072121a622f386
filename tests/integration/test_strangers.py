"""A stranger's request opened a private board, and told by its work that there is one."""

from types import SimpleNamespace
from typing import Any

import aiohttp
import pytest

from app.convex.store import Store
from app.deps import boards
from app.errors import NotFound
from app.hub import Hubs
from harness.people import Person, stroke
from harness.processes import Easel

PATHS = (
    "",
    ".json",
    ".png",
    ".pdf",
    ".svg",
    "/embed",
    "/stream",
    "/members",
    "/outline",
    "/cells",
    "/ids",
    "/search?q=a",
    "/invites",
)
PLAIN = {"Accept-Encoding": "identity"}  # packed, a page is longer or shorter by its random nonce
KINDS = (
    PLAIN | {"Accept": "application/json"},
    PLAIN | {"Accept": "text/html", "Sec-Fetch-Dest": "document"},
)
VARIES = {"date", "content-security-policy", "server-timing"}


async def deleted_board(ana: Person) -> str:
    """The id of a board that there is no more, of the same form as any."""
    board = await ana.create_board()
    assert (await ana.request("DELETE", f"/boards/{board}")).status == 204
    return board


async def answer(http: aiohttp.ClientSession, url: str, board: str, headers: dict[str, str]) -> tuple[Any, ...]:
    async with http.get(url, headers=headers, allow_redirects=False) as found:
        nonce = found.headers.get("Content-Security-Policy", "").partition("'nonce-")[2].partition("'")[0]
        body = (await found.text()).replace(board, "BOARD")
        kept = {name.lower(): text.replace(board, "BOARD") for name, text in found.headers.items()}
        if nonce:
            body = body.replace(nonce, "NONCE")
        return found.status, {name: text for name, text in kept.items() if name not in VARIES}, body


@pytest.mark.parametrize("opened", [False, True])
async def test_an_unknown_board_and_a_forbidden_one_answer_alike(
    easel: Easel, http: aiohttp.ClientSession, ana: Person, ben: Person, opened: bool
) -> None:
    private, gone = await ana.create_board("Secret"), await deleted_board(ana)
    await ana.draw(private, stroke())
    url = easel.url if opened else easel.start_another_web()
    if opened:
        assert await ana.shapes(private)
    for path in PATHS:
        for kind in KINDS:
            for who in ({}, {"Authorization": f"Bearer {ben.token}"}):
                asked = [await answer(http, f"{url}/boards/{id}{path}", id, kind | who) for id in (private, gone)]
                assert asked[0] == asked[1], path
                assert asked[0][0] in (401, 303, 404)
                assert "Secret" not in asked[0][2]
    assert await ana.shapes(private)


class Asked:
    """A store and hubs that only note what they are asked."""

    def __init__(self, *, known: Any = None) -> None:
        self.calls: list[str] = []
        self.hub = known

    async def admits(self, _viewer: Any, board: str) -> bool:
        self.calls.append("admits")
        return board == "public"

    def get(self, _board: str) -> Any:
        return self.hub

    async def open(self, _board: str) -> Any:
        self.calls.append("open")
        return self.hub or SimpleNamespace(access=SimpleNamespace(role_of=lambda _: "viewer"))


def request(asked: Asked) -> Any:
    state = SimpleNamespace(parts={Hubs: asked, Store: asked})
    return SimpleNamespace(app=SimpleNamespace(state=state), scope={"state": {"viewer": None}})


async def test_strangers_open_nothing_and_cost_one_question() -> None:
    shut = SimpleNamespace(access=SimpleNamespace(role_of=lambda _: None))
    for known in (None, shut):
        for board in ("private", "unknown"):
            asked = Asked(known=known)
            with pytest.raises(NotFound):
                await boards.readable_board(request(asked), board)
            assert asked.calls == ["admits"]


async def test_a_board_is_opened_for_those_who_may_see_it() -> None:
    asked = Asked()
    await boards.readable_board(request(asked), "public")
    assert asked.calls == ["admits", "open"]
    asked = Asked(known=SimpleNamespace(access=SimpleNamespace(role_of=lambda _: "viewer")))
    await boards.readable_board(request(asked), "public")
    assert asked.calls == ["open"]
