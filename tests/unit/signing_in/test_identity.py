"""The parts of identity that need no server: which cookie counts, how long a lease lasts, what is sealed."""

import base64
import logging
import time
from functools import partial
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from app.auth import Expired, InvalidToken, Leases, Pending, Seal, Verifier, Viewer, clerk
from app.auth.issuer import GUEST_ISSUER
from app.auth.keys import FixedKeys
from app.auth.trust import clerk_accounts, providers
from app.auth.verifier import Trust
from app.settings import SettingsError, load
from app.web.front import Front
from app.web.log import Lines
from tests.identity.keys import MACHINE_CATEGORY, SESSION_CATEGORY, TEMPLATE_CATEGORY, SigningKeys, clerk_claims
from tests.unit.asgi import ask, fine
from tests.unit.auth.tokens import ISSUER as OWN

KEY = "pk_test_ZXhhbXBsZS5hY2NvdW50cy5kZXYk"
ISSUER = "https://example.accounts.dev"
END = "PXVV4PZn"
ORIGIN = "https://easel.example"
KEYS = SigningKeys()


def token(**changes: Any) -> str:
    azp = changes.pop("azp", ORIGIN)
    return KEYS.sign(clerk_claims(ISSUER, azp, "user_ana", "sess_1", 60, **changes), cat=SESSION_CATEGORY)


# Clerk's key and cookies


def test_the_suffix_is_the_one_that_clerkjs_computes() -> None:
    assert clerk.suffix(KEY) == END


def test_a_publishable_key_names_the_issuer_or_is_refused_in_a_sentence() -> None:
    padded = "pk_test_" + base64.b64encode(b"an.accounts.dev$").decode()
    for key, issuer in (
        (KEY, ISSUER),
        (padded, "https://an.accounts.dev"),
        (padded.rstrip("="), "https://an.accounts.dev"),
    ):
        assert clerk.frontend(load(auth_provider="clerk", clerk_publishable_key=key)) == issuer
    for bad in ("pk_test_", "pk_test_aGVsbG8k", "pk_other_ZXhhbXBsZS5hY2NvdW50cy5kZXYk", "sk_test_x", "pk_live_!!!"):
        with pytest.raises(SettingsError, match="CLERK_PUBLISHABLE_KEY"):
            clerk.frontend(load(auth_provider="clerk", clerk_publishable_key=bad))


NEW, OLD = token(iat=2_000_000_000), token(iat=1_000_000_000)
FOREIGN = KEYS.sign({"iss": "https://other.accounts.dev", "iat": 3_000_000_000})
NO_ISSUER = KEYS.sign({"iat": 3_000_000_000})


@pytest.mark.parametrize(
    ("plain", "plain_uat", "own", "own_uat", "chosen"),
    [
        (NEW, "1", "", "", NEW),  # a browser without suffixes
        (FOREIGN, "1", OLD, "1", OLD),  # another app on this host has the plain name
        (FOREIGN, "1", "", "", ""),
        (NEW, "1", OLD, "1", NEW),  # both are ours: the newer one
        (OLD, "1", NEW, "1", NEW),
        (NEW, "1", OLD, "0", NEW),  # signed out with the suffix, in again without
        (NO_ISSUER, "1", NEW, "1", NO_ISSUER),  # broken: refused further on, and not passed over
        ("", "", NEW, "1", NEW),
        ("", "", NEW, "0", ""),  # signed out for sure
        (NEW, "0", "", "", ""),
        ("nonsense", "1", NEW, "1", "nonsense"),
    ],
)
def test_of_two_cookies_the_one_counts_that_clerks_own_libraries_take(
    plain: str, plain_uat: str, own: str, own_uat: str, chosen: str
) -> None:
    given = {"__session": plain, "__client_uat": plain_uat, f"__session_{END}": own, f"__client_uat_{END}": own_uat}
    cookies = {name: value for name, value in given.items() if value}
    assert clerk.cookies(cookies, KEY, ISSUER).token == chosen


def test_a_client_that_has_signed_in_but_has_no_token_is_active() -> None:
    assert clerk.cookies({"__client_uat": "1700000000"}, KEY, ISSUER).active
    assert not clerk.cookies({"__client_uat": "0"}, KEY, ISSUER).active
    assert not clerk.cookies({}, KEY, ISSUER).active


# Clerk's tokens


def verifier(**settings: Any) -> Verifier:
    row = clerk_accounts(load(auth_provider="clerk", clerk_publishable_key=KEY, public_origin=ORIGIN, **settings))
    return Verifier([Trust(**vars(row) | {"keys": FixedKeys(KEYS.jwks)})])


async def test_a_session_token_is_its_person_in_their_session() -> None:
    viewer = await verifier().verify(token(act={"sub": "user_support"}), cookie=True)
    assert (viewer.identifier, viewer.session, viewer.impersonator) == (
        f"{ISSUER}|user_ana",
        "sess_1",
        "user_support",
    )


async def test_azp_names_easel_and_only_a_permitted_bearer_omits_it() -> None:
    for cookie in (True, False):
        with pytest.raises(InvalidToken, match="azp"):
            await verifier().verify(token(azp=None), cookie=cookie)
        with pytest.raises(InvalidToken, match="azp"):
            await verifier(auth_bearer_without_azp=True).verify(token(azp="https://evil.easel.example"), cookie=cookie)
    native = verifier(auth_bearer_without_azp=True)
    assert (await native.verify(token(azp=None))).subject == "user_ana"
    with pytest.raises(InvalidToken, match="azp"):
        await native.verify(token(azp=None), cookie=True)


async def test_expired_and_pending_are_told_apart_from_wrong() -> None:
    with pytest.raises(Expired):
        await verifier().verify(token(exp=int(time.time()) - 6))
    with pytest.raises(Pending):
        await verifier().verify(token(sts="pending"))
    for category in (TEMPLATE_CATEGORY, MACHINE_CATEGORY, "cl_new"):
        other = KEYS.sign(clerk_claims(ISSUER, ORIGIN, "user_ana", "sess_1", 60), cat=category)
        with pytest.raises(InvalidToken, match="cat"):
            await verifier().verify(other)
    ignored = KEYS.sign(clerk_claims(ISSUER, ORIGIN, "user_ana", "sess_1", 60), cat="cl_I7d4PD111III")
    assert (await verifier().verify(ignored)).subject == "user_ana"


async def test_the_audience_is_convex_or_none_at_all() -> None:
    with pytest.raises(InvalidToken):
        await verifier().verify(token(aud=None))
    without = verifier(auth_audience="none")
    assert (await without.verify(token(aud=None))).subject == "user_ana"
    with pytest.raises(InvalidToken):
        await without.verify(token())
    settings = load(auth_provider="clerk", clerk_publishable_key=KEY, auth_audience="none")
    assert providers(settings, OWN)[2] == {
        "type": "customJwt",
        "issuer": ISSUER,
        "algorithm": "RS256",
        "jwks": f"{ISSUER}/.well-known/jwks.json",
    }


# Leases


class Clocked(Leases):
    now = 1000.0

    def clock(self) -> float:
        return self.now


def viewer(life: float, session: str | None = "sess_1", issuer: str = ISSUER) -> Viewer:
    return Viewer(issuer, "user_ana", "Ana", "token", int(time.time() + life), session)


def test_a_stream_outlives_its_token_by_a_minute_without_a_fresh_one() -> None:
    leases, closed = Clocked(), list[str]()
    leases.open(viewer(60), lambda: closed.append("first"))
    leases.open(viewer(60, "sess_2"), lambda: closed.append("second"))
    leases.now += 110
    leases.extend(viewer(60))
    leases.tick()
    assert closed == []
    leases.now += 15
    leases.tick()
    assert closed == ["second"]
    leases.now += 106
    leases.tick()
    assert closed == ["second", "first"]


def test_an_accounts_stream_lasts_eighteen_minutes_and_a_guests_longer() -> None:
    leases, closed = Clocked(), list[str]()
    leases.open(viewer(1e6), lambda: closed.append("account"))
    leases.open(viewer(1e6, None, GUEST_ISSUER), lambda: closed.append("guest"))
    leases.now += 719
    leases.tick()
    assert closed == []
    leases.now += 362
    leases.tick()
    assert closed == ["account"]


def test_the_end_of_a_session_or_of_a_person_ends_their_streams_once() -> None:
    leases, closed = Clocked(), list[str]()
    for session in ("sess_1", "sess_2"):
        leases.open(viewer(60, session), partial(closed.append, session))
    leases.end("sess_1")
    leases.end("sess_1")
    assert closed == ["sess_1"]
    leases.end(f"{ISSUER}|user_ana")
    assert closed == ["sess_1", "sess_2"]
    assert not leases.of


# Seals, hosts, the log


def test_what_is_sealed_opens_with_the_same_key_under_the_same_label_only() -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    sealed = Seal(key).close("refresh-me", "one")
    assert "refresh-me" not in sealed
    assert Seal(key).open(sealed, "one") == "refresh-me"
    assert Seal(key).open(sealed, "two") is None
    assert Seal(ec.generate_private_key(ec.SECP256R1())).open(sealed, "one") is None
    for bad in ("", "x", "é", sealed[:-8], "A" * 100):
        assert Seal(key).open(bad, "one") is None


@pytest.mark.parametrize(
    ("path", "host", "status"),
    [
        ("/", "easel.example", 200),
        ("/", "Easel.Example:443", 200),
        ("/", "evil.example", 400),
        ("/", "easel.example:8443", 400),
        ("/", "easel.example@evil.example", 400),
        ("/", "", 400),
        ("/healthz", "10.0.0.7:8000", 200),
    ],
)
async def test_requests_for_another_host_are_refused(path: str, host: str, status: int) -> None:
    assert (await ask(Front(fine, public_origin=ORIGIN), path=path, headers={"Host": host})).status == status
    assert (await ask(Front(fine), path=path, headers={"Host": host})).status == 200


@pytest.mark.parametrize(
    "secret",
    [
        token(),
        "sk_test_abcdefgh1234",
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "inv_abcdefghijklmnopqrstuvwx",
        "/?__clerk_db_jwt=dvb_2abcDEF&x=1",
        "Authorization: Bearer abcdefgh12345678",
        "/auth/callback?code=abcdef123&state=xyz789",
        "session=" + "a" * 43,
    ],
)
def test_what_looks_like_a_secret_never_reaches_the_log(secret: str) -> None:
    record = logging.LogRecord("easel", logging.INFO, __file__, 1, "got %s here", (secret,), None)
    said = Lines("%(message)s").format(record)
    assert "(token)" in said
    for part in ("dvb_2abc", "abcdef", "MfKQ", "aaaaaaaa", "xyz789", token()[:30]):
        assert part not in said
