"""Sharing a board: people, invitations, presenting; and that it holds at once, in every web process."""

import asyncio
import re
import time
from pathlib import Path

import aiohttp
import pytest

from harness.people import Person, stroke
from harness.processes import Easel, until
from tests.integration.sharing import invited, join, people, roles
from tests.integration.sse import Frame, reading

HTML = {"Accept": "text/html"}
HTMX = {"HX-Request": "true"}
AT_ONCE = 5.0  # s: it takes 0.02, on a machine that has the time


@pytest.fixture(scope="module")
def second(easel: Easel) -> str:
    """Another web process of the same Easel."""
    return easel.start_another_web()


@pytest.fixture(scope="module")
def strict(easel: Easel) -> str:
    """One that takes two invitations an hour and three guesses a minute."""
    return easel.start_another_web(RATE_INVITES="2", RATE_GUESSES="3")


@pytest.fixture(scope="module")
def talkative(easel: Easel) -> tuple[str, Path]:
    """One that logs every request, and its log."""
    url = easel.start_another_web(LOG_LEVEL="info")
    return url, easel.others[-1].log


# Who is on a board


async def test_an_invitation_brings_somebody_onto_a_board_and_into_their_list(ana: Person, ben: Person) -> None:
    board = await ana.create_board("Plans")
    made = await invited(ana, board, role="commenter")
    assert made["url"] == f"{ana.url}/invites/{made['token']}"
    assert re.fullmatch(r"inv_[A-Za-z0-9_-]{32}", made["token"])
    week = 7 * 24 * 3600
    assert abs(made["expiresAt"] / 1000 - time.time() - week) < 60
    joined = await ben.post("/invites", {"token": made["token"]})
    assert joined.json == {"board": board, "role": "commenter", "url": f"{ana.url}/boards/{board}"}
    assert (await ben.get(f"/boards/{board}.json")).json["role"] == "commenter"
    [listed] = (await ben.get("/boards")).json["boards"]
    assert (listed["id"], listed["role"]) == (board, "commenter")
    assert (await ben.draw(board, stroke())).error["code"] == "forbidden"


async def test_a_visitor_who_takes_an_invitation_finds_the_board_in_their_list(ana: Person, ben: Person) -> None:
    board = await ana.create_board("Plans", "link-edit")
    assert (await ben.draw(board, stroke())).status == 201
    assert (await ben.get("/boards")).json["boards"] == []
    await join(ana, board, ben, "viewer")
    [listed] = (await ben.get("/boards")).json["boards"]
    assert listed["role"] == "viewer"  # what somebody was given holds, whatever the link gives
    assert (await ben.draw(board, stroke())).status == 403


async def test_the_owner_is_named_first_and_the_others_by_name(http: aiohttp.ClientSession, easel: Easel) -> None:
    there = await people(http, easel.url)
    members = (await there["viewer"].get(f"/boards/{there.board}/members")).json["members"]
    assert [member["name"] for member in members] == ["Owner", "Commenter", "Editor", "Viewer"]
    assert [member["you"] for member in members] == [False, False, False, True]


async def test_a_role_is_changed_and_a_person_removed(http: aiohttp.ClientSession, easel: Easel) -> None:
    there = await people(http, easel.url)
    path = f"/boards/{there.board}/members/{there['editor'].id}"
    changed = await there["owner"].request("PATCH", path, json={"role": "viewer"})
    assert changed.json == {"user": there["editor"].id, "role": "viewer"}
    assert (await there["owner"].request("DELETE", path)).status == 204
    assert (await there["owner"].request("DELETE", path)).error["code"] == "not_found"
    assert "Editor" not in await roles(there["owner"], there.board)


@pytest.mark.parametrize("body", [{}, {"role": "owner"}, {"role": "x"}, {"role": "viewer", "more": 1}])
async def test_a_role_that_cannot_be_given_is_refused(ana: Person, ben: Person, body: object) -> None:
    board = await ana.create_board()
    await join(ana, board, ben, "editor")
    refused = await ana.request("PATCH", f"/boards/{board}/members/{ben.id}", json=body)
    assert (refused.status, refused.error["code"]) == (422, "invalid")


async def test_the_owner_gives_the_board_away_and_may_leave_then(ana: Person, ben: Person) -> None:
    board = await ana.create_board()
    await join(ana, board, ben, "viewer")
    stuck = await ana.request("DELETE", f"/boards/{board}/members/{ana.id}")
    assert (stuck.status, stuck.error["code"]) == (409, "conflict")
    given = await ana.post(f"/boards/{board}/ownership", {"user": ben.id})
    assert given.json == {"owner": ben.id}
    assert await roles(ben, board) == {"Ben": "owner", "Ana": "editor"}
    assert (await ana.request("DELETE", f"/boards/{board}")).status == 403
    assert (await ana.request("DELETE", f"/boards/{board}/members/{ana.id}")).status == 204
    assert (await ana.get(f"/boards/{board}.json")).status == 404
    assert (await ben.request("DELETE", f"/boards/{board}")).status == 204


# Invitations


async def test_looking_at_an_invitation_neither_uses_it_nor_leaks_its_address(
    ana: Person, http: aiohttp.ClientSession
) -> None:
    board = await ana.create_board("Plans <b>")
    made, page = await invited(ana, board, maxUses=1), ""
    for _ in range(3):
        async with http.get(made["url"], headers=HTML) as answer:
            page = await answer.text()
            assert answer.status == 200
            assert answer.headers["Referrer-Policy"] == "no-referrer"
            assert "noindex" in answer.headers["X-Robots-Tag"]
            assert answer.headers["Cache-Control"] == "no-store"
            assert "Set-Cookie" not in answer.headers
    assert "Plans &lt;b&gt;" in page
    assert 'content="noindex' in page
    assert board not in page  # where it leads, one learns by saying yes
    [listed] = (await ana.get(f"/boards/{board}/invites")).json["invites"]
    assert listed["uses"] == 0


async def test_somebody_without_a_session_says_yes_and_is_a_guest_of_that_name(
    ana: Person, http: aiohttp.ClientSession
) -> None:
    board = await ana.create_board()
    made = await invited(ana, board, role="editor")
    form = {"token": made["token"], "name": "Zoë"}
    async with http.post(f"{ana.url}/invites", data=form, headers=HTML, allow_redirects=False) as answer:
        assert (answer.status, answer.headers["Location"]) == (303, f"/boards/{board}")
        cookie = answer.headers["Set-Cookie"].split(";")[0]
    async with http.get(f"{ana.url}/boards/{board}", headers=HTML | {"Cookie": cookie}) as page:
        text = await page.text()
    assert 'data-role="editor"' in text
    assert 'data-name="Zoë"' in text
    assert made["token"] not in text
    assert await roles(ana, board) == {"Ana": "owner", "Zoë": "editor"}


async def test_a_wrong_invitation_makes_nobody_a_guest(ana: Person, http: aiohttp.ClientSession) -> None:
    form = {"token": "inv_wrong", "name": "Zoë"}
    async with http.post(f"{ana.url}/invites", data=form, headers=HTML, allow_redirects=False) as answer:
        assert answer.status == 404
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("token", ["x", "inv_" + "x" * 32, "%00", "a%2Fb", "ä"])
async def test_what_is_no_invitation_is_not_found(ana: Person, token: str) -> None:
    for headers in (HTML, {"Accept": "application/json"}):
        assert (await ana.get(f"/invites/{token}", headers=headers)).status == 404
    assert (await ana.post("/invites", {"token": token})).error["code"] == "not_found"


async def test_an_invitation_ends_by_its_uses_its_time_and_its_owners_will(
    ana: Person, ben: Person, http: aiohttp.ClientSession
) -> None:
    board = await ana.create_board()
    eve = await Person.sign_in(http, ana.url, "Eve")
    for options in ({"maxUses": 1}, {"expiresIn": 1}, {}):
        made = await invited(ana, board, **options)
        if "maxUses" in options:
            assert (await eve.post("/invites", {"token": made["token"]})).status == 200
        elif "expiresIn" in options:
            async with asyncio.timeout(5):
                while (await ben.get(f"/invites/{made['token']}")).status == 200:
                    await asyncio.sleep(0.05)
        else:
            assert (await ana.request("DELETE", f"/boards/{board}/invites/{made['id']}")).status == 204
        assert (await ben.get(f"/invites/{made['token']}")).status == 404
        assert (await ben.post("/invites", {"token": made["token"]})).error["code"] == "not_found"
    assert (await ana.get(f"/boards/{board}/invites")).json == {"invites": []}


@pytest.mark.parametrize(
    ("field", "body"),
    [("role", {"role": "owner"}), ("expiresIn", {"expiresIn": 0}), ("expiresIn", {"expiresIn": 366 * 86400})]
    + [("maxUses", {"maxUses": wrong}) for wrong in (0, 1001, "many")],
)
async def test_a_wrong_invitation_is_refused_by_its_field(ana: Person, field: str, body: object) -> None:
    board = await ana.create_board()
    refused = await ana.post(f"/boards/{board}/invites", body)
    assert (refused.status, refused.error["field"]) == (422, field)


async def test_repeating_an_invitation_with_one_key_makes_one_and_shows_it_once(ana: Person) -> None:
    board = await ana.create_board()
    key = {"Idempotency-Key": "the-same"}
    first = await ana.post(f"/boards/{board}/invites", {}, headers=key)
    again = await ana.post(f"/boards/{board}/invites", {}, headers=key)
    assert (first.status, again.status) == (201, 200)
    assert first.json["id"] == again.json["id"]
    assert "token" not in again.json
    assert len((await ana.get(f"/boards/{board}/invites")).json["invites"]) == 1


async def test_invitations_are_limited_by_hour_and_wrong_guesses_by_minute(
    strict: str, ana: Person, ben: Person, http: aiohttp.ClientSession
) -> None:
    board = await ana.create_board()
    ana_there, ben_there = (Person(http, strict, one.name, one.id, one.token) for one in (ana, ben))
    made = [await ana_there.post(f"/boards/{board}/invites", {}) for _ in range(3)]
    assert [answer.status for answer in made] == [201, 201, 429]
    assert int(made[2].headers["Retry-After"]) > 60
    token = made[0].json["token"]
    right = [await ben_there.get(f"/invites/{token}") for _ in range(5)]  # these are no guesses
    assert {answer.status for answer in right} == {200}
    wrong = [await ben_there.get("/invites/x"), *[await ben_there.post("/invites", {"token": t}) for t in "yz"]]
    assert {answer.status for answer in wrong} == {404}
    # From here on the address gets no answer, right or wrong.
    for answer in (await ben_there.get("/invites/w"), await ben_there.post("/invites", {"token": token})):
        assert answer.error["code"] == "too_many_requests"
        assert answer.error["limit"] == 3


async def test_no_token_of_an_invitation_is_in_the_log(
    talkative: tuple[str, Path], ana: Person, http: aiohttp.ClientSession
) -> None:
    url, file = talkative
    board = await ana.create_board()
    made = await invited(ana, board)
    async with http.get(f"{url}/invites/{made['token']}") as answer:
        assert answer.status == 200
    await until(lambda: "/invites/(token)" in file.read_text(), "the request is in the log")
    assert made["token"] not in file.read_text()


# The panel


async def test_the_panel_shows_each_person_what_they_may_do(http: aiohttp.ClientSession, easel: Easel) -> None:
    there = await people(http, easel.url)
    owners = (await there["owner"].get(f"/boards/{there.board}/members", headers=HTMX)).body.decode()
    assert owners.count("<select") == 3 + 3 + 1  # for each of the others, of an invitation, the new owner
    assert owners.count("Revoke") == 4
    for who in ("editor", "commenter", "viewer"):
        text = (await there[who].get(f"/boards/{there.board}/members", headers=HTMX)).body.decode()
        assert text.count("<form") == 1  # to leave
        assert not re.search("<select|<input|Revoke|Remove", text)


async def test_all_of_it_works_without_a_script(http: aiohttp.ClientSession, easel: Easel) -> None:
    there = await people(http, easel.url)
    owner, path = there["owner"], f"/boards/{there.board}"
    page = (await owner.get(f"{path}/members", headers=HTML)).body.decode()
    assert "<!doctype html>" in page
    editor = f"{path}/members/{there['editor'].id}"
    steps: tuple[tuple[str, dict[str, str]], ...] = (
        (f"{path}?_method=PATCH", {"visibility": "link-view"}),
        (f"{path}?_method=PATCH", {"presenting": "true"}),
        (f"{editor}?_method=PATCH", {"role": "viewer"}),
        (f"{editor}?_method=DELETE", {}),
    )
    for action, form in steps:
        assert f'action="{action}"' in page
        answer = await owner.request("POST", action, data=form, headers=HTML)
        assert (answer.status, answer.headers["Location"]) == (303, f"{path}/members"), answer.body
    made = await owner.request("POST", f"{path}/invites", data={"role": "viewer", "maxUses": ""}, headers=HTML)
    assert made.status == 201
    assert re.search(r'value="http://[^"]+/invites/inv_', made.body.decode())
    given = await owner.request("POST", f"{path}/ownership", data={"user": there["viewer"].id}, headers=HTML)
    assert given.headers["Location"] == f"{path}/members"
    left = await owner.request("POST", f"{path}/members/{owner.id}?_method=DELETE", headers=HTML, data={})
    assert (left.status, left.headers["Location"]) == (303, "/boards")


# At once, and everywhere


async def test_a_removed_members_streams_end_at_once_in_every_process(
    http: aiohttp.ClientSession, easel: Easel, second: str
) -> None:
    there = await people(http, easel.url)
    removed, owner = there["editor"], there["owner"]
    async with reading(removed, there.board) as here, reading(removed, there.board, url=second) as elsewhere:
        for stream in (here, elsewhere):
            await stream.event("access")
        assert (await owner.request("DELETE", f"/boards/{there.board}/members/{removed.id}")).status == 204
        for stream in (here, elsewhere):
            last = (await stream.rest(AT_ONCE))[-1]
            assert (last.event, last.json) == ("access", {"role": None})
    for url in (easel.url, second):
        async with http.get(f"{url}/boards/{there.board}.json", headers=bearer(removed)) as answer:
            assert answer.status == 404
        async with http.get(f"{url}/boards/{there.board}/stream", headers=bearer(removed)) as answer:
            assert answer.status == 404


async def test_streams_report_a_demotion_within_a_second_in_every_process(
    http: aiohttp.ClientSession, easel: Easel, second: str
) -> None:
    there = await people(http, easel.url)
    editor, owner = there["editor"], there["owner"]
    async with reading(editor, there.board) as here, reading(editor, there.board, url=second) as elsewhere:
        for stream in (here, elsewhere):
            await stream.event("access")
        path = f"/boards/{there.board}/members/{editor.id}"
        assert (await owner.request("PATCH", path, json={"role": "commenter"})).status == 200
        for stream in (here, elsewhere):
            assert (await stream.event("access", AT_ONCE)).json == {"role": "commenter"}
        # What is drawn still reaches who may look.
        await owner.draw(there.board, stroke("seen"))
        for stream in (here, elsewhere):
            await stream.message('id="seen"')
    for url in (easel.url, second):
        body = {"changeId": f"late-{url[-5:]}", "put": [stroke()]}
        async with http.post(f"{url}/boards/{there.board}/changes", json=body, headers=bearer(editor)) as answer:
            assert answer.status == 403


async def test_others_are_viewers_in_every_process_while_the_owner_presents(
    http: aiohttp.ClientSession, easel: Easel, second: str
) -> None:
    there = await people(http, easel.url)
    editor, owner, path = there["editor"], there["owner"], f"/boards/{there.board}"
    async with reading(editor, there.board, url=second) as theirs, reading(owner, there.board, url=second) as own:
        for stream in (theirs, own):
            await stream.event("sharing")
        for presenting, expected in ((True, "viewer"), (False, "editor")):
            assert (await owner.request("PATCH", path, json={"presenting": presenting})).json[
                "presenting"
            ] == presenting
            assert (await theirs.event("access", AT_ONCE)).json == {"role": expected}
            assert (await own.event("sharing", AT_ONCE)).json == {"visibility": "private", "presenting": presenting}
            assert (await owner.draw(there.board, stroke())).status == 201
            assert (await editor.draw(there.board, stroke())).status == (201 if expected == "editor" else 403)
        assert not [frame for frame in own.seen[1:] if is_other_role(frame)]


def is_other_role(frame: Frame) -> bool:
    return frame.event == "access" and frame.json != {"role": "owner"}


async def test_a_new_owner_learns_of_the_gift_on_another_processs_stream(
    http: aiohttp.ClientSession, easel: Easel, second: str
) -> None:
    there = await people(http, easel.url)
    heir, owner = there["viewer"], there["owner"]
    async with reading(heir, there.board, url=second) as theirs, reading(owner, there.board) as own:
        for stream in (theirs, own):
            await stream.event("access")
        assert (await owner.post(f"/boards/{there.board}/ownership", {"user": heir.id})).status == 200
        assert (await theirs.event("access", AT_ONCE)).json == {"role": "owner"}
        assert (await own.event("access", AT_ONCE)).json == {"role": "editor"}


async def test_a_new_member_opens_the_board_in_the_process_that_admitted_them(
    http: aiohttp.ClientSession, ana: Person, ben: Person, second: str
) -> None:
    board = await ana.create_board()
    async with http.get(f"{second}/boards/{board}.json", headers=bearer(ana)) as answer:
        assert answer.status == 200  # the second process has the board open, without Ben on it
    token = (await invited(ana, board))["token"]
    async with http.post(f"{second}/invites", json={"token": token}, headers=bearer(ben)) as answer:
        assert answer.status == 200
    async with http.get(f"{second}/boards/{board}.json", headers=bearer(ben)) as answer:
        assert answer.status == 200


def bearer(person: Person) -> dict[str, str]:
    return {"Authorization": f"Bearer {person.token}"}
