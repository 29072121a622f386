"""Who may do what: every resource of a board, for everybody, under every visibility. No route is without a row."""

from dataclasses import dataclass

import aiohttp
import pytest
from starlette.routing import Route

from app.routes import boards, changes, presence, stream
from harness.people import Answer, Person, stroke
from harness.processes import Easel

PEOPLE = ("owner", "guest", "nobody")
HTML = {"Accept": "text/html"}


@dataclass(frozen=True)
class Use:
    method: str
    path: str
    body: object = None
    form: str = "json"

    def __str__(self) -> str:
        return f"{self.method} {self.path} {self.form}"


def change(id: str) -> dict[str, object]:
    return {"changeId": id, "put": [stroke()]}


# What, and the status for (owner, guest with the link, nobody with the link): private, link-view, link-edit.
ACCESS: dict[Use, tuple[tuple[int, int, int], ...]] = {
    Use("GET", "/boards/{board_id}.json"): ((200, 404, 404), (200, 200, 200), (200, 200, 200)),
    Use("GET", "/boards/{board_id}"): ((200, 404, 404), (200, 200, 200), (200, 200, 200)),
    Use("GET", "/boards/{board_id}", form="page"): ((200, 404, 404), (200, 200, 200), (200, 200, 200)),
    Use("GET", "/boards/{board_id}/changes"): ((200, 404, 404), (200, 200, 200), (200, 200, 200)),
    Use("GET", "/boards/{board_id}/stream"): ((200, 404, 404), (200, 200, 200), (200, 200, 200)),
    Use("GET", "/boards/{board_id}/people"): ((200, 404, 404), (200, 200, 200), (200, 200, 200)),
    Use("POST", "/boards/{board_id}/presence"): ((204, 404, 404), (204, 204, 401), (204, 204, 401)),
    Use("POST", "/boards/{board_id}/changes"): ((201, 404, 404), (201, 403, 401), (201, 201, 401)),
    Use("POST", "/boards/{board_id}/undo"): ((201, 404, 404), (201, 403, 401), (201, 201, 401)),
    Use("POST", "/boards/{board_id}/redo"): ((201, 404, 404), (201, 403, 401), (201, 201, 401)),
    Use("POST", "/boards/{board_id}/unclear"): ((200, 404, 404), (200, 403, 401), (200, 403, 401)),
    Use("PATCH", "/boards/{board_id}"): ((200, 404, 404), (200, 403, 401), (200, 200, 401)),
    Use("DELETE", "/boards/{board_id}"): ((204, 404, 404), (204, 403, 401), (204, 403, 401)),
}
BODIES: dict[str, object] = {
    "POST /boards/{board_id}/presence": {},
    "POST /boards/{board_id}/changes": {"changeId": "try", "put": [{"id": "try", "kind": "stroke", "points": [0, 0]}]},
    "POST /boards/{board_id}/undo": {"changeId": "try"},
    "POST /boards/{board_id}/redo": {"changeId": "try"},
    "POST /boards/{board_id}/unclear": {"changeId": "try"},
    "PATCH /boards/{board_id}": {"title": "Tried"},
}


@pytest.mark.parametrize("visibility", ["private", "link-view", "link-edit"])
@pytest.mark.parametrize("use", ACCESS, ids=str)
async def test_everybody_may_do_what_the_table_says(
    easel: Easel, http: aiohttp.ClientSession, ana: Person, ben: Person, use: Use, visibility: str
) -> None:
    expected = ACCESS[use][["private", "link-view", "link-edit"].index(visibility)]
    board = await ana.create_board("Theirs", "link-edit")
    for person in (ana, ben):  # both have something to undo, and something undone
        for n in range(2):
            assert (await person.draw(board, stroke(), change_id=f"{person.name}{n}")).status == 201
        assert (await person.post(f"/boards/{board}/undo", {"changeId": f"{person.name}2"})).status == 201
    assert (await ana.request("PATCH", f"/boards/{board}", json={"visibility": visibility})).status == 200
    # Who may do the least goes first: the owner may remove the board.
    for who, status in reversed(list(zip(PEOPLE, expected, strict=True))):
        headers = {"owner": {"Authorization": f"Bearer {ana.token}"}, "guest": {"Authorization": f"Bearer {ben.token}"}}
        answer = await ask(http, easel.url, use, board, who, headers.get(who, {}))
        assert answer.status == status, (who, answer.body)
        if status >= 400 and use.form == "json":
            assert answer.error["code"] == {401: "unauthenticated", 403: "forbidden", 404: "not_found"}[status]


async def ask(http: aiohttp.ClientSession, url: str, use: Use, board: str, who: str, headers: dict[str, str]) -> Answer:
    body = BODIES.get(f"{use.method} {use.path}")
    if isinstance(body, dict) and "changeId" in body:
        body = body | {"changeId": f"try-{who}"}
    if isinstance(body, dict) and "put" in body:
        body = body | {"put": [stroke()]}
    accept = HTML if use.form == "page" else {"Accept": "application/json"}
    path = use.path.replace("{board_id}", board)
    async with http.request(use.method, url + path, headers=headers | accept, json=body) as answer:
        whole = b"" if answer.content_type == "text/event-stream" else await answer.read()
        return Answer(answer.status, answer.headers, whole)


def test_every_route_of_a_board_is_in_the_table() -> None:
    routes = [route for module in (boards, changes, presence, stream) for route in module.router.routes]
    routes += [*changes.busy, *presence.busy]
    uses = {(method, route.path) for route in routes if isinstance(route, Route) for method in route.methods or ()}
    known = {(use.method, use.path) for use in ACCESS} | {("POST", "/boards")}
    assert uses == known


async def test_a_private_board_is_to_strangers_as_a_missing_one(ana: Person, ben: Person) -> None:
    board = await ana.create_board()
    missing = board[:-1] + ("0" if board[-1] != "0" else "1")
    for path in ("", ".json", ".svg", "/changes", "/stream"):
        for headers in ({"Accept": "application/json"}, HTML):
            theirs = await ben.get(f"/boards/{board}{path}", headers=headers)
            none = await ben.get(f"/boards/{missing}{path}", headers=headers)
            assert theirs.status == none.status == 404
            assert page(theirs, board) == page(none, missing)


def page(answer: Answer, board: str) -> bytes:
    """A body without its nonce and the board's id."""
    nonce = answer.headers["Content-Security-Policy"].split("'nonce-")[1].split("'")[0]
    return answer.body.replace(nonce.encode(), b"").replace(board.encode(), b"")


@pytest.mark.parametrize("board", ["x", "x" * 64, "x" * 65, "a b", "ä", "<script>", "null", "j57", "%00", "a%2Fb"])
async def test_what_is_no_board_is_not_found(ana: Person, board: str) -> None:
    for path in (f"/boards/{board}", f"/boards/{board}.json", f"/boards/{board}/stream"):
        assert (await ana.get(path)).status == 404
    assert (await ana.draw(board, stroke())).status == 404
    # Somebody else's kind of id, too: a user's.
    assert (await ana.draw(ana.id, stroke())).status == 404


async def test_a_link_s_visitor_becomes_a_guest_on_the_spot(
    easel: Easel, http: aiohttp.ClientSession, ana: Person
) -> None:
    board = await ana.create_board("Come in", "link-edit")
    async with http.get(f"{easel.url}/boards/{board}", headers=HTML) as answer:
        page = await answer.text()
        cookie = answer.headers["Set-Cookie"].split(";")[0]
    assert 'data-role="editor"' in page
    assert 'data-name="Guest ' in page
    headers = {"Cookie": cookie, "Origin": easel.url}
    async with http.post(f"{easel.url}/boards/{board}/changes", json=change("c"), headers=headers) as drawn:
        assert drawn.status == 201
    async with http.get(f"{easel.url}/boards/{board}", headers=headers | HTML) as again:
        assert "Set-Cookie" not in again.headers
    async with http.post(f"{easel.url}/session", json={"name": "Eve"}, headers=headers) as named:
        eve = (await named.json())["user"]
        cookie = named.headers["Set-Cookie"].split(";")[0]
    shapes = await ana.shapes(board)
    assert [shape["author"] for shape in shapes] == [eve["id"]]
    async with http.get(f"{easel.url}/boards/{board}", headers={"Cookie": cookie} | HTML) as known:
        assert 'data-name="Eve"' in await known.text()


async def test_nobody_becomes_a_guest_where_they_may_not_look(
    easel: Easel, http: aiohttp.ClientSession, ana: Person
) -> None:
    board = await ana.create_board()
    async with http.get(f"{easel.url}/boards/{board}", headers=HTML) as answer:
        assert answer.status == 404
        assert "Set-Cookie" not in answer.headers


async def test_a_link_that_is_taken_back_leads_nowhere(ana: Person, ben: Person) -> None:
    board = await ana.create_board("For now", "link-edit")
    assert (await ben.draw(board, stroke("kept"))).status == 201
    await ana.request("PATCH", f"/boards/{board}", json={"visibility": "private"})
    assert (await ben.get(f"/boards/{board}.json")).status == 404
    assert (await ben.draw(board, stroke("late"))).status == 404
    assert (await ben.post(f"/boards/{board}/undo", {"changeId": "u"})).status == 404
    assert [shape["id"] for shape in await ana.shapes(board)] == ["kept"]
