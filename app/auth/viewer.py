"""A person whose token was verified."""

from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256

from app.auth.issuer import GUEST_ISSUER


@dataclass(frozen=True)
class Viewer:
    """A verified person. `token` is the verified token, which is sent to Convex; `expires_at` in unix seconds."""

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
        """Whether this is a guest: a name without an account."""
        return self.issuer == GUEST_ISSUER

    @property
    def lease(self) -> str:
        """The key of things that end together: one session, or a person without sessions."""
        return self.session or self.identifier

    @cached_property
    def ends(self) -> tuple[str, ...]:
        """The keys that end this: a guest's session alone, so that other devices stay signed in; an account itself too.

        Guests' tokens of earlier versions have no session, and end together.
        """
        return (self.lease,) if self.guest else tuple({self.lease, self.identifier})

    @cached_property
    def person(self) -> str:
        """The identifier's hash, which other people see: stable and irreversible."""
        return sha256(self.identifier.encode()).hexdigest()[:16]
