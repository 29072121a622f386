"""Who is asking: a person whose token was verified."""

from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256


@dataclass(frozen=True)
class Viewer:
    """A verified person. `token` is what was verified and goes to Convex; `expires_at` in unix seconds."""

    issuer: str
    subject: str
    name: str
    token: str = field(repr=False)
    expires_at: int

    @cached_property
    def identifier(self) -> str:
        """Convex's `tokenIdentifier` of the same person."""
        return f"{self.issuer}|{self.subject}"

    @cached_property
    def person(self) -> str:
        """What other people see in place of the identifier: stable, and not to be turned back."""
        return sha256(self.identifier.encode()).hexdigest()[:16]
