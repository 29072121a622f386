"""What a sign-in by OIDC is made of."""

from dataclasses import dataclass


class SignInFailed(Exception):
    """The provider refused, or could not be reached (`temporary`). The message is one word for the log."""

    def __init__(self, reason: str, *, temporary: bool = False) -> None:
        super().__init__(reason)
        self.temporary = temporary


@dataclass(frozen=True)
class Attempt:
    """One sign-in that has begun; the browser keeps it, sealed, until it comes back."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Tokens:
    """`token` is the one that stands for the person, here and in Convex."""

    token: str
    refresh: str | None
    id_token: str | None
