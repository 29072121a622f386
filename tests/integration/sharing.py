"""A board with somebody in every role on it, made through the HTTP API."""

import asyncio
from dataclasses import dataclass
from typing import Any

import aiohttp

from harness.people import Person

ROLES = ("viewer", "commenter", "editor")


@dataclass
class People:
    """Who there is to one board; "anonymous" is nobody, without a session."""

    board: str
    url: str
    people: dict[str, Person]

    def __getitem__(self, who: str) -> Person:
        return self.people[who]


async def invited(owner: Person, board: str, **options: Any) -> dict[str, Any]:
    answer = await owner.post(f"/boards/{board}/invites", options)
    assert answer.status == 201, answer.body
    made: dict[str, Any] = answer.json
    return made


async def join(owner: Person, board: str, person: Person, role: str) -> None:
    """Puts somebody on the board by an invitation."""
    token = (await invited(owner, board, role=role))["token"]
    answer = await person.post("/invites", {"token": token})
    assert answer.status == 200, answer.body


async def roles(person: Person, board: str) -> dict[str, str]:
    """Roles by name, as this person is told."""
    answer = await person.get(f"/boards/{board}/members")
    assert answer.status == 200, answer.body
    return {member["name"]: member["role"] for member in answer.json["members"]}


async def people(http: aiohttp.ClientSession, url: str, visibility: str | None = None) -> People:
    """A board with an owner, an editor, a commenter, a viewer, somebody who was removed, and a stranger to it."""
    names = ("owner", *ROLES, "removed", "stranger")
    signing_in = (Person.sign_in(http, url, name.title()) for name in names)
    there = dict(zip(names, await asyncio.gather(*signing_in), strict=True))
    owner = there["owner"]
    board = await owner.create_board("Ours", visibility)
    invitations = ((name, "editor" if name == "removed" else name) for name in (*ROLES, "removed"))
    await asyncio.gather(*(join(owner, board, there[name], role) for name, role in invitations))
    assert (await owner.request("DELETE", f"/boards/{board}/members/{there['removed'].id}")).status == 204
    return People(board, url, there)


async def version(there: People) -> str:
    """A new named version of the board."""
    made = await there["owner"].post(f"/boards/{there.board}/versions", {"name": "Before"})
    return str(made.json["id"])
