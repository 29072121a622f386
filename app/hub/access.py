"""Who may do what on a board."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol, Self

Role = Literal["owner", "editor", "commenter", "viewer"]
Visibility = Literal["private", "link-view", "link-edit"]


class Person(Protocol):
    """A verified person, such as `app.auth.Viewer`."""

    @property
    def identifier(self) -> str: ...
    @property
    def person(self) -> str: ...
    @property
    def name(self) -> str: ...


@dataclass(frozen=True)
class Access:
    title: str
    visibility: Visibility
    roles: Mapping[str, Role]

    @classmethod
    def from_wire(cls, wire: Mapping[str, Any]) -> Self:
        roles = {member["user"]: member["role"] for member in wire["members"]}
        return cls(wire["title"], wire["visibility"], roles)

    def role_of(self, viewer: Person | None) -> Role | None:
        """The member's role, else what the link gives; None: the board does not exist for this person."""
        if viewer and viewer.identifier in self.roles:
            return self.roles[viewer.identifier]
        if self.visibility == "private":
            return None
        return "editor" if viewer and self.visibility == "link-edit" else "viewer"
