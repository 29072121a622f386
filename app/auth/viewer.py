"""Who is asking: a person whose token was verified."""

from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256

from app.auth.issuer import GUEST_ISSUER


@dataclass(frozen=True)
class Viewer:
    """A verified person. `token` is what was verified and goes to Convex; `expires_at` in unix seconds."""

    issuer: str
    subject: str
    name: str
    token: str = field(repr=False)
    expires_at: int
    session: str | None = None  # the token's `sid`, or our own login's
    impersonator: str | None = None  # who acts in this person's name

    @cached_property
    def identifier(self) -> str:
        """Convex's `tokenIdentifier` of the same person."""
        return f"{self.issuer}|{self.subject}"

    @property
    def guest(self) -> bool:
        """Whether nobody but Easel knows this person: a name, without an account."""
        return self.issuer == GUEST_ISSUER

    @property
    def lease(self) -> str:
        """What ends together: everything of one session, or all of a person who has none."""
        return self.session or self.identifier

    @cached_property
    def ends(self) -> tuple[str, ...]:
        """The keys that end this: a guest's session alone, so that other devices stay signed in; an account itself too.

        Guests' tokens of earlier versions have no session, and end together.
        """
        return (self.lease,) if self.guest else tuple({self.lease, self.identifier})

    @cached_property
    def person(self) -> str:
        """What other people see in place of the identifier: stable, and not to be turned back."""
        return sha256(self.identifier.encode()).hexdigest()[:16]
