"""THE ACCESS TABLE of the routes: every one that the app has, for everybody. A new route without a row fails."""

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest

from harness.people import Answer, Person, stroke
from harness.pictures import form, picture
from harness.processes import Easel
from tests.conftest import connections
from tests.identity.provider import Provider
from tests.integration.asked import asked
from tests.integration.routes import routes
from tests.integration.sharing import People, join, people

WHO = ("anonymous", "stranger", "removed", "link", "viewer", "commenter", "editor", "owner")

# The status for each of them. The board is private, but for "link": a stranger to one that anybody with the link may
# look at. 404 is also what a missing board answers: that a private one exists is nobody's business.
ALL = (200,) * 8
READ = (404, 404, 404, 200, 200, 200, 200, 200)
HISTORY = (404, 404, 404, 403, 403, 403, 200, 200)  # viewers where the owner allows it: test_blame.py
DRAW = (404, 404, 404, 403, 403, 403, 201, 201)


def signed_in(status: int) -> tuple[int, ...]:
    """Whoever has a session, whatever they are to the board."""
    return (401, *(status,) * 7)


def owner(status: int) -> tuple[int, ...]:
    return (404, 404, 404, 403, 403, 403, 403, status)


TABLE: dict[str, tuple[int, ...]] = {
    "GET /": (200, *(303,) * 7),
    "GET /robots.txt": ALL,
    "GET /favicon.ico": ALL,
    "GET /healthz": ALL,
    "GET /readyz": ALL,
    "GET /static": ALL,
    "POST /session": (201,) * 8,
    "DELETE /session": (204,) * 8,
    "POST /session/key": signed_in(201),
    "GET /return": (200,) * 8,
    "POST /session/claim": signed_in(403),  # of a guest's boards by an account, of which there are none here
    "GET /sign-in": (303,) * 8,
    "POST /auth/ping": signed_in(204),
    "POST /auth/signed-out": (204,) * 8,
    "POST /webhooks/clerk": (404,) * 8,  # not where people are guests; tests/identity has the other providers
    "GET /auth/login": (404,) * 8,
    "GET /auth/callback": (404,) * 8,
    "GET /boards": signed_in(200),
    "POST /boards": signed_in(201),
    "GET /boards/selected": signed_in(200),  # of those that they may see
    "POST /boards/selected": signed_in(200),  # says of each board whether it was done
    "POST /boards/{board_id}/star": (404, 404, 404, 204, 204, 204, 204, 204),
    "DELETE /boards/{board_id}/star": (404, 404, 404, 204, 204, 204, 204, 204),
    "GET /boards/{board_id}": READ,
    "GET /boards/{board_id}.json": READ,
    "GET /boards/{board_id}.png": READ,
    "GET /boards/{board_id}.pdf": READ,
    "GET /boards/{board_id}.svg": READ,
    "GET /boards/{board_id}.easel.json": READ,
    "GET /boards/{board_id}.excalidraw": READ,
    "GET /boards/{board_id}.md": READ,
    "GET /boards/{board_id}/embed": READ,
    "GET /archive": signed_in(200),  # of one's own boards
    "POST /archive": signed_in(202),
    "DELETE /archive": signed_in(204),
    "POST /archive/import": signed_in(201),
    "GET /archive.zip": signed_in(404),  # until one is made: test_archives.py
    "GET /search": signed_in(200),
    "GET /oembed": (404,) * 8,  # of boards that others may not frame; test_oembed.py has the rest
    "GET /boards/{board_id}/thumbnail": READ,
    "GET /boards/{board_id}/changes": READ,
    "GET /boards/{board_id}/outline": READ,
    "GET /boards/{board_id}/history": HISTORY,
    "GET /boards/{board_id}/history/log": HISTORY,
    "GET /boards/{board_id}/versions": HISTORY,
    "POST /boards/{board_id}/versions": DRAW,
    "PATCH /boards/{board_id}/versions/{version}": (404, 404, 404, 403, 403, 403, 200, 200),
    "DELETE /boards/{board_id}/versions/{version}": (404, 404, 404, 403, 403, 403, 204, 204),
    "GET /boards/{board_id}/search": READ,
    "POST /boards/{board_id}/seen": (404, 404, 404, 204, 204, 204, 204, 204),
    "GET /boards/{board_id}/timer": READ,
    "PUT /boards/{board_id}/timer": (404, 404, 404, 403, 403, 403, 200, 200),
    "PATCH /boards/{board_id}/timer": (404, 404, 404, 403, 403, 403, 200, 200),
    "DELETE /boards/{board_id}/timer": (404, 404, 404, 403, 403, 403, 204, 204),
    "GET /boards/{board_id}/seen": READ,  # {}: nobody has missed anything
    "GET /boards/{board_id}/authors": HISTORY,
    "GET /boards/{board_id}/authors/last": HISTORY,
    "GET /boards/{board_id}/cells": READ,
    "GET /boards/{board_id}/ids": READ,
    "GET /boards/{board_id}/people": READ,
    "GET /boards/{board_id}/cells/near": READ,
    "GET /boards/{board_id}/cells/far": READ,
    "GET /boards/{board_id}/stream": READ,
    "POST /boards/{board_id}/asks": signed_in(202),  # whatever board there is
    "DELETE /boards/{board_id}/asks/{user}": owner(204),
    "POST /boards/{board_id}/presence": (404, 404, 404, 204, 204, 204, 204, 204),
    "POST /boards/{board_id}/changes": DRAW,
    "POST /boards/{board_id}/undo": DRAW,
    "POST /boards/{board_id}/redo": DRAW,
    "POST /boards/{board_id}/copies": DRAW,  # viewers where the owner allows it: test_forks.py
    "POST /boards/{board_id}/unclear": owner(200),  # {}: nothing was cleared
    "PATCH /boards/{board_id}": (404, 404, 404, 403, 403, 403, 200, 200),
    "PATCH /boards/{board_id} visibility": owner(200),
    "PATCH /boards/{board_id} presenting": owner(200),
    "PATCH /boards/{board_id} embeddable": owner(200),
    "PATCH /boards/{board_id} template": owner(200),
    "PATCH /boards/{board_id} copyable": owner(200),
    "PATCH /boards/{board_id} historyOpen": owner(200),
    "DELETE /boards/{board_id}": owner(204),
    "POST /trash/{board_id}/restore": (401, *(404,) * 6, 200),  # a board in the trash, to all rows but "link"
    "DELETE /trash/{board_id}": (401, *(404,) * 6, 204),
    "POST /boards/{board_id}/images": DRAW,
    "POST /boards/import": signed_in(201),
    "POST /boards/from/{slug}": signed_in(201),
    "GET /templates/{slug}.{form}": ALL,
    "POST /boards/{board_id}/import": DRAW,
    "GET /boards/{board_id}/images/{file}": READ,
    "GET /boards/{board_id}/files": (404, 404, 404, 403, 200, 200, 200, 200),
    "DELETE /boards/{board_id}/files/{file}": owner(204),  # of who did not add it
    "GET /boards/{board_id}/restores": (404, 404, 404, 403, 403, 403, 422, 422),  # to no moment
    "POST /boards/{board_id}/restores": (404, 404, 404, 403, 403, 403, 202, 202),
    "GET /boards/{board_id}/restores/{restore}": (404, 404, 404, 403, 403, 403, 404, 404),  # of which there is none
    "GET /boards/{board_id}/takebacks": owner(422),  # of nobody
    "POST /boards/{board_id}/takebacks": owner(202),
    "GET /boards/{board_id}/takebacks/{takeback}": owner(404),  # of which there is none
    "GET /boards/{board_id}/members": (404, 404, 404, 403, 200, 200, 200, 200),
    "PATCH /boards/{board_id}/members/{user}": owner(200),
    "DELETE /boards/{board_id}/members/{user}": owner(204),
    "DELETE /boards/{board_id}/members/{user} oneself": (404, 404, 404, 404, 204, 204, 204, 409),
    "POST /boards/{board_id}/ownership": owner(200),
    "GET /boards/{board_id}/invites": owner(200),
    "POST /boards/{board_id}/invites": owner(201),
    "DELETE /boards/{board_id}/invites/{invite}": owner(204),
    "GET /boards/{board_id}/hooks": owner(200),
    "POST /boards/{board_id}/hooks": owner(201),
    "PATCH /boards/{board_id}/hooks/{hook}": owner(200),
    "DELETE /boards/{board_id}/hooks/{hook}": owner(204),
    "POST /hooks/{secret}": (201,) * 8,  # for whoever has the address; test_hooks.py has those who have not
    "GET /invites/{token}": ALL,
    "POST /invites": signed_in(200),
}

# With a link anybody may look without a session; to do more they need one.
ANONYMOUS_BY_LINK = {
    row: 200 if row.startswith("GET") and statuses[3] == 200 else 401
    for row, statuses in TABLE.items()
    if "{board_id}" in row
}


def test_every_route_has_a_row(tmp_path: Path) -> None:
    assert {" ".join(row.split()[:2]) for row in TABLE} == set(routes(tmp_path))


async def use(http: aiohttp.ClientSession, row: str, there: People, who: str, person: Person | None) -> Answer:
    request = await asked(row, there, who, person)
    if row.endswith(("/undo", "/redo")) and person and who in ("editor", "owner"):  # something to undo, and undone
        for n in range(2):
            assert (await person.draw(there.board, stroke(), change_id=f"{who}{n}")).status == 201
        assert (await person.post(f"/boards/{there.board}/undo", {"changeId": f"{who}2"})).status == 201
    headers = {"Accept": "application/json"} | ({"Authorization": f"Bearer {person.token}"} if person else {})
    method, url = row.split()[0], there.url + request.pop("path")
    async with http.request(method, url, headers=headers, allow_redirects=False, **request) as answer:
        whole = b"" if answer.content_type == "text/event-stream" else await answer.read()
        return Answer(answer.status, answer.headers, whole)


@pytest.fixture(scope="module")
async def unchanged(easel: Easel) -> AsyncIterator[dict[str, People]]:
    """By who may see them, boards to which no row does anything: it only reads, or is refused."""
    async with connections() as http:
        yield {sharing: await people(http, easel.url, sharing) for sharing in ("private", "link-view", "link-edit")}


@pytest.mark.parametrize("row", TABLE)
async def test_everybody_may_do_what_the_table_says(
    easel: Easel, http: aiohttp.ClientSession, unchanged: dict[str, People], row: str
) -> None:
    reads = row.startswith("GET")
    private = unchanged["private"] if reads else await people(http, easel.url)
    linked = unchanged["link-view"] if reads else await people(http, easel.url, "link-view")
    if "/trash/" in row:
        await private["owner"].request("DELETE", f"/boards/{private.board}")
    # Who may do the least goes first. Where one would change what the next one meets, each has a board.
    for who, expected in zip(WHO, TABLE[row], strict=True):
        there = linked if who == "link" else private
        if " oneself" in row or "ownership" in row:
            there = await people(http, easel.url, "link-view" if who == "link" else None)
        person = None if who == "anonymous" else there["stranger" if who == "link" else who]
        answer = await use(http, row, there, who, person)
        assert answer.status == expected, (who, answer.body)
        if answer.status >= 400:
            codes = {401: "unauthenticated", 403: "forbidden", 404: "not_found", 409: "conflict", 422: "invalid"}
            assert answer.error["code"] == codes[answer.status], who


@pytest.mark.parametrize("row", ANONYMOUS_BY_LINK)
async def test_nobody_without_a_session_does_more_than_look(
    http: aiohttp.ClientSession, unchanged: dict[str, People], row: str
) -> None:
    answer = await use(http, row, unchanged["link-edit"], "anonymous", None)
    assert answer.status == ANONYMOUS_BY_LINK[row], answer.body


@pytest.mark.parametrize("row", [row for row in TABLE if "{board_id}" in row])
async def test_what_nobody_may_see_and_what_is_not_there_answer_alike(unchanged: dict[str, People], row: str) -> None:
    there = unchanged["private"]
    missing = People(there.board[:-1] + ("0" if there.board[-1] != "0" else "1"), there.url, there.people)
    stranger = there["stranger"]
    request = await asked(row, there, "stranger", stranger)
    path = request.pop("path")
    hidden = await stranger.request(row.split()[0], path, **request)
    if "data" in request:
        request["data"] = form(picture())
    none = await stranger.request(row.split()[0], path.replace(there.board, missing.board), **request)
    assert (hidden.status, hidden.body) == (none.status, none.body)
    assert hidden.status == (202 if row.endswith("/asks") else 404)


# Who they are does not matter here: no route but these even asks.
FILES = {"GET /robots.txt", "GET /favicon.ico", "GET /static", "GET /templates/{slug}.{form}"}
OPEN = FILES | {"GET /healthz", "GET /readyz", "GET /sign-in", "POST /webhooks/clerk", "POST /hooks/{secret}"}
SESSIONS = {"pending": (403, "pending"), "revoked": (401, "unauthenticated")}


@pytest.fixture(scope="module")
async def of_clerks(clerk_easel: Easel, running_provider: Provider) -> AsyncIterator[People]:
    """A board whose owner signs in at a provider: once with a session that was revoked, and once not to the end."""
    async with aiohttp.ClientSession() as http:
        tokens = {
            "owner": running_provider.session_token(),
            "viewer": running_provider.session_token(user="user_viewer", session="sess_viewer"),
            "pending": running_provider.session_token(session="sess_pending", sts="pending"),
            "revoked": running_provider.session_token(session="sess_revoked"),
        }
        there = {who: Person(http, clerk_easel.url, who, "", token) for who, token in tokens.items()}
        board = await there["owner"].create_board()
        assert (await there["revoked"].get(f"/boards/{board}.json")).status == 200
        await join(there["owner"], board, there["viewer"], "viewer")
        members = (await there["owner"].get(f"/boards/{board}/members")).json["members"]
        for who in there:
            role = "viewer" if who == "viewer" else "owner"
            there[who].id = next(member["user"] for member in members if member["role"] == role)
        assert (await there["revoked"].post("/auth/signed-out")).status == 204
        yield People(board, clerk_easel.url, there)


@pytest.mark.parametrize("session", SESSIONS)
@pytest.mark.parametrize("row", [row for row in TABLE if row not in OPEN and not row.startswith("GET /auth/")])
async def test_an_ended_or_incomplete_session_may_do_nothing_even_as_the_owner(
    of_clerks: People, http: aiohttp.ClientSession, row: str, session: str
) -> None:
    answer = await use(http, row, of_clerks, session, of_clerks[session])
    assert (answer.status, answer.error["code"]) == SESSIONS[session]
