"""Who may do what on a board."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol, Self

from app.text import one_line

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
    presenting: bool
    roles: Mapping[str, Role]
    removed: frozenset[str] = frozenset()
    asking: Mapping[str, str] = field(default_factory=dict)
    """Names, by identifier, of the people who ask the owner for access."""
    embeddable: bool = False
    """Whether the owner lets pages elsewhere frame the board."""
    template: bool = False
    """Whether it is listed to be copied."""
    copyable: bool = False
    """Whether people who may only view it may copy it."""
    historyOpen: bool = False
    """Whether everybody who may see it also sees how it was before."""
    source: str | None = None
    """The board of which this one is a fork. Whoever may not see that one is not told."""

    @classmethod
    def from_wire(cls, wire: Mapping[str, Any]) -> Self:
        roles = {member["user"]: member["role"] for member in wire["members"]}
        title = one_line(wire["title"])  # earlier versions stored other characters too
        asking = {person["user"]: one_line(person["name"]) for person in wire.get("asking", ())}
        removed = frozenset(wire.get("removed", ()))
        # Earlier versions of the functions do not say these.
        later = {name: wire.get(name, False) for name in ("embeddable", "template", "copyable", "historyOpen")}
        later["source"] = wire.get("source")
        return cls(title, wire["visibility"], wire["presenting"], roles, removed, asking, **later)

    def settings(self) -> dict[str, Any]:
        """What the owner sets."""
        names = ("title", "visibility", "presenting", "embeddable", "template", "copyable", "historyOpen")
        return {name: getattr(self, name) for name in names}

    def member(self, viewer: Person | None) -> Role | None:
        """The role that this person was given, whatever the link allows; None without one."""
        return self.roles.get(viewer.identifier) if viewer else None

    def role_of(self, viewer: Person | None) -> Role | None:
        """The role they were given, else the link's, as in convex/model/role.ts.

        None for a stranger and for somebody who was removed: to them the board does not exist. While the owner
        presents, everybody else is a viewer.
        """
        if viewer and viewer.identifier in self.removed:
            return None
        role = self.member(viewer) or self._linked(viewer)
        return "viewer" if self.presenting and role not in (None, "owner") else role

    def edits(self, viewer: Person | None) -> bool:
        """Whether they may change the board."""
        return self.role_of(viewer) in ("owner", "editor")

    def sees_history(self, viewer: Person | None) -> bool:
        """Whether they may also see what was on the board before, as in convex/model/role.ts."""
        trusted = self.historyOpen or self.member(viewer) in ("owner", "editor")
        return trusted and self.role_of(viewer) is not None

    def _linked(self, viewer: Person | None) -> Role | None:
        if self.visibility == "private":
            return None
        return "editor" if viewer and self.visibility == "link-edit" else "viewer"
