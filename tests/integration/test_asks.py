"""A bare refusal where people could ask: the page of a board that one may not see, and of one that does not exist."""

import aiohttp

from harness.people import Person

HTML = {"Accept": "text/html"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def missing(board: str) -> str:
    return board[:-1] + ("0" if board[-1] != "0" else "1")


def same(body: bytes, board: str) -> str:
    """Without what differs from one answer to the next: the address and the nonce."""
    text = body.decode().replace(board, "BOARD")
    nonce = text.split('nonce="')[1].split('"')[0]
    return text.replace(nonce, "NONCE")


async def test_the_page_is_the_same_for_a_private_board_and_for_none(ana: Person, ben: Person) -> None:
    board = await ana.create_board("Secret plans")
    for query in ("", "?asked=1"):
        hidden = await ben.get(f"/boards/{board}{query}", headers=HTML)
        none = await ben.get(f"/boards/{missing(board)}{query}", headers=HTML)
        assert hidden.status == none.status == 404
        assert same(hidden.body, board) == same(none.body, missing(board))
        assert b"Secret plans" not in hidden.body
    assert b"Ask the owner" in (await ben.get(f"/boards/{board}", headers=HTML)).body


async def test_a_form_asks_and_leads_to_a_page_that_waits(ana: Person, ben: Person) -> None:
    board = await ana.create_board()
    for path in (board, missing(board)):
        asked = await ben.request("POST", f"/boards/{path}/asks", data=b"", headers=HTML | FORM)
        assert asked.status == 303
        assert asked.headers["Location"] == f"/boards/{path}?asked=1"
    page = await ben.get(f"/boards/{board}?asked=1", headers=HTML)
    assert b"You asked for access as Ben" in page.body


async def test_somebody_without_a_session_asks_under_a_name(http: aiohttp.ClientSession, ana: Person) -> None:
    board = await ana.create_board()
    async with aiohttp.ClientSession() as browser:
        url = f"{ana.url}/boards/{board}/asks"
        headers = HTML | {"Origin": ana.url}
        async with browser.post(url, data={"name": "Cleo"}, headers=headers, allow_redirects=False) as answer:
            assert answer.status == 303
            assert answer.cookies
    members = (await ana.get(f"/boards/{board}/members")).json
    assert [person["name"] for person in members["asking"]] == ["Cleo"]
    async with http.post(url, json={}) as answer:
        assert answer.status == 401


async def test_the_owner_lets_somebody_in_or_dismisses_them(ana: Person, ben: Person) -> None:
    board = await ana.create_board()
    assert (await ben.post(f"/boards/{board}/asks", {})).status == 202
    dismissed = await ana.request("DELETE", f"/boards/{board}/asks/{ben.id}")
    assert dismissed.status == 204
    assert (await ana.get(f"/boards/{board}/members")).json["asking"] == []
    assert (await ben.get(f"/boards/{board}.json")).status == 404
    other = await ana.create_board()
    assert (await ben.post(f"/boards/{other}/asks", {})).status == 202
    page = (await ana.get(f"/boards/{other}/members", headers=HTML)).body.decode()
    assert "Asking for access" in page
    assert "Allow editing: Ben" in page
    assert (await ana.request("PATCH", f"/boards/{other}/members/{ben.id}", json={"role": "viewer"})).status == 200
    assert (await ben.get(f"/boards/{other}.json")).json["role"] == "viewer"


async def test_requests_are_limited_before_anything_is_looked_up(ana: Person, ben: Person) -> None:
    board = await ana.create_board()
    for n in range(10):
        path = board if n % 2 else missing(board)
        assert (await ben.post(f"/boards/{path}/asks", {})).status == 202
    for path in (board, missing(board)):
        refused = await ben.post(f"/boards/{path}/asks", {})
        assert (refused.status, refused.error["limit"]) == (429, 10)
