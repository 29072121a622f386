"""The parts of a sign-in by OIDC."""

from dataclasses import dataclass


class SignInFailed(Exception):
    """The provider refused, or could not be reached (`temporary`). The message is one word for the log."""

    def __init__(self, reason: str, *, temporary: bool = False) -> None:
        super().__init__(reason)
        self.temporary = temporary


@dataclass(frozen=True)
class Attempt:
    """A sign-in in progress, which the browser keeps, sealed, until it returns."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Tokens:
    """`token` identifies the person, here and in Convex."""

    token: str
    refresh: str | None
    id_token: str | None
