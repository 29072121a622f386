"""Who is asking. No FastAPI in here: a token goes in, a Viewer or InvalidToken comes out."""

from app.auth.ended import Ended
from app.auth.issuer import GUEST_ISSUER, Issuer
from app.auth.leases import Leases
from app.auth.seal import Seal
from app.auth.signing_key import signing_key
from app.auth.trust import trusted
from app.auth.verifier import Expired, InvalidToken, Pending, Trust, Verifier
from app.auth.viewer import Viewer

__all__ = [
    "GUEST_ISSUER",
    "Ended",
    "Expired",
    "InvalidToken",
    "Issuer",
    "Leases",
    "Pending",
    "Seal",
    "Trust",
    "Verifier",
    "Viewer",
    "signing_key",
    "trusted",
]
