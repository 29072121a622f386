"""Sharing a board: people, roles, presenting; and that it holds at once, in every web process."""

import re
import time

import aiohttp
import pytest

from harness.people import Person, stroke
from harness.processes import Easel
from tests.integration.sharing import invited, join, people, roles
from tests.integration.sse import Frame, reading

HTML = {"Accept": "text/html"}
HTMX = {"HX-Request": "true"}
AT_ONCE = 5.0  # s: it takes 0.02, on a machine that has the time


@pytest.fixture(scope="module")
def second(easel: Easel) -> str:
    """Another web process of the same Easel."""
    return easel.start_another_web()


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
