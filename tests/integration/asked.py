"""What is sent to a route for its row of the access table: what fills its path in, and its body."""

import uuid
from typing import Any

from harness.drawings import element, excalidraw
from harness.people import Person, stroke
from harness.pictures import add, form, picture
from tests.integration.archives import EMPTY, zipped
from tests.integration.hooks import hook_of
from tests.integration.sharing import People, invited, version


async def asked(row: str, there: People, who: str, person: Person | None) -> dict[str, Any]:
    """What fills the path in, and the body."""
    change = {"changeId": str(uuid.uuid4())}
    invitation = await invited(there["owner"], there.board) if "invite" in row else {}
    other = there["viewer" if who != "viewer" else "editor"].id
    bodies: dict[str, Any] = {
        "POST /session": {"name": "Somebody"},
        "POST /boards/{board_id}/seen": {"ts": "0"},
        "PUT /boards/{board_id}/timer": {"seconds": 60},
        "PATCH /boards/{board_id}/timer": {"add": 60},
        "POST /session/key": {"kind": "browser"},
        "POST /boards": {"title": "Mine"},
        "POST /boards/selected": {"boards": [there.board], "action": "trash"},
        "POST /boards/{board_id}/presence": {},
        "POST /boards/{board_id}/changes": change | {"put": [stroke()]},
        "POST /boards/{board_id}/undo": change,
        "POST /boards/{board_id}/redo": change,
        "POST /boards/{board_id}/unclear": change,
        "POST /boards/{board_id}/takebacks": {"id": change["changeId"], "user": other},
        "POST /boards/{board_id}/restores": {"id": change["changeId"], "to": "0"},
        "PATCH /boards/{board_id}": {"title": "Renamed"},
        "PATCH /boards/{board_id} visibility": {"visibility": "link-edit"},
        "PATCH /boards/{board_id} presenting": {"presenting": True},
        "PATCH /boards/{board_id} embeddable": {"embeddable": True},
        "PATCH /boards/{board_id} template": {"template": True},
        "PATCH /boards/{board_id} copyable": {"copyable": True},
        "PATCH /boards/{board_id} historyOpen": {"historyOpen": True},
        "POST /boards/{board_id}/versions": {"name": "Before"},
        "PATCH /boards/{board_id}/versions/{version}": {"name": "After"},
        "PATCH /boards/{board_id}/members/{user}": {"role": "commenter"},
        "POST /boards/{board_id}/ownership": {"user": other},
        "POST /boards/{board_id}/invites": {"role": "viewer"},
        "POST /boards/{board_id}/hooks": {"name": "CI"},
        "PATCH /boards/{board_id}/hooks/{hook}": {"name": "Builds"},
        "POST /hooks/{secret}": {"text": "Build 7 failed"},
        "POST /invites": {"token": invitation.get("token")},
    }
    if row.startswith("PATCH") and row.endswith("/timer"):
        await there["owner"].request("PUT", f"/boards/{there.board}/timer", json={"seconds": 60})
    user = person.id if person and row.endswith(" oneself") else other
    path = row.split()[1].replace("/static", "/static/favicon.svg").replace("{board_id}", there.board)
    path = path.replace("{slug}", "kanban").replace("{form}", "png").replace("{user}", user)
    path = path.replace("{invite}", invitation.get("id", ""))
    path = (
        path.replace("{token}", invitation.get("token", "")).replace("{takeback}", "none").replace("{restore}", "none")
    )
    if "{hook}" in path or "{secret}" in path:
        hook = await hook_of(there["owner"], there.board)
        path = path.replace("{hook}", hook["id"]).replace("{secret}", hook["url"].rpartition("/")[2])
    if "{version}" in path:
        path = path.replace("{version}", await version(there))
    if "{file}" in path:
        path = path.replace("{file}", await file_of(there, shown="/images/" in path))
    if "DELETE" in row and "/asks/" in row and "stranger" in there.people:
        assert (await there["stranger"].post(f"/boards/{there.board}/asks", {})).status == 202
        path = path.replace(other, there["stranger"].id)
    if row == "GET /oembed":
        path += f"?url={there.url}/boards/{there.board}"
    if row == "GET /boards/selected":
        path += f"?boards={there.board}"
    if path.endswith("/authors/last"):
        path += "?shapes=a"
    if path.endswith("/search"):
        path += "?q=milk"
    if "/cells/" in row:
        path += "?at=0,0"
    if row == "POST /archive/import":
        return {"path": path, "data": zipped({"a.easel.json": EMPTY})}
    if row.endswith("/import"):
        return {"path": path, "data": excalidraw(element("a"))}
    if row == "POST /boards/{board_id}/images":
        return {"path": path, "data": form(picture())}
    return {"path": path, "json": bodies.get(row)}


async def file_of(there: People, *, shown: bool) -> str:
    """A picture of the owner's, which is on the board or was."""
    shape = await add(there["owner"], there.board)
    change = {"changeId": str(uuid.uuid4()), "remove": [] if shown else [shape["id"]], "put": [stroke()]}
    assert (await there["owner"].post(f"/boards/{there.board}/changes", change)).status == 201
    return str(shape["file"])
