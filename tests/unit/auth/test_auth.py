"""The verifier accepts what it should and nothing else; the issuer keeps its key."""

import base64
import json
import time
from pathlib import Path
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from jwt.algorithms import ECAlgorithm

from app.auth import GUEST_ISSUER, InvalidToken, Issuer, Trust, Verifier, signing_key, trusted
from app.auth.keys import FixedKeys
from app.auth.trust import providers
from app.settings import SettingsError, load
from tests.unit.auth.tokens import CLAIMS, HEADER, ISSUER, LIFE, NOW, raw, signed


async def test_a_guest_token_is_its_guest(verifier: Verifier) -> None:
    token, expires_at = ISSUER.guest_token("ana", "Ana")
    viewer = await verifier.verify(token)
    assert (viewer.issuer, viewer.subject, viewer.name) == (GUEST_ISSUER, "ana", "Ana")
    assert (viewer.token, viewer.expires_at) == (token, expires_at)
    assert viewer.identifier == f"{GUEST_ISSUER}|ana"
    assert len(viewer.person) == 16
    assert token not in repr(viewer)


async def test_what_convex_needs_is_in_the_header() -> None:
    header = jwt.get_unverified_header(ISSUER.guest_token("ana", "Ana")[0])
    assert header == {"alg": "ES256", "kid": ISSUER.kid, "typ": "JWT"}


@pytest.mark.parametrize(
    "change",
    [
        {"iss": "https://elsewhere.example"},
        {"iss": GUEST_ISSUER + "/"},
        {"iss": None},
        {"iss": [GUEST_ISSUER]},
        {"aud": "another"},
        {"aud": None},
        {"sub": None},
        {"sub": ""},
        {"sub": 7},
        {"sub": "s" * 256},
        {"exp": None},
        {"exp": NOW - 6},
        {"exp": "soon"},
        {"iat": None},
        {"iat": NOW + LIFE},
        {"nbf": None},
        {"nbf": NOW + LIFE},
    ],
)
async def test_a_token_with_a_wrong_claim_is_refused(verifier: Verifier, change: dict[str, Any]) -> None:
    with pytest.raises(InvalidToken):
        await verifier.verify(raw_signed(CLAIMS | change))


def raw_signed(claims: dict[str, Any]) -> str:
    """Signed well, whatever the claims are: PyJWT itself would not write some of these."""
    kept = {name: value for name, value in claims.items() if value is not None}
    head, body, _ = raw({"alg": "ES256", **HEADER}, kept).split(".")
    signature = ECAlgorithm(ECAlgorithm.SHA256).sign(f"{head}.{body}".encode(), ISSUER.key)
    return f"{head}.{body}.{base64.urlsafe_b64encode(signature).rstrip(b'=').decode()}"


async def test_raw_signing_in_these_tests_makes_tokens_that_pass(verifier: Verifier) -> None:
    assert (await verifier.verify(raw_signed(CLAIMS))).subject == "ana"


@pytest.mark.parametrize("text", ["", "a", "a.b", "a.b.c", "a.b.c.d", "é.b.c", "a.b.c\n", "x" * 9000, "..", "a" * 8193])
async def test_what_is_no_token_is_refused(verifier: Verifier, text: str) -> None:
    with pytest.raises(InvalidToken):
        await verifier.verify(text)


async def test_a_token_signed_otherwise_is_refused(verifier: Verifier) -> None:
    stranger = ec.generate_private_key(ec.SECP256R1())
    for token in (
        signed(CLAIMS, key=stranger),
        signed(CLAIMS, header=HEADER | {"kid": "unknown"}),
        signed(CLAIMS, header={"typ": "JWT"}),
        signed(CLAIMS, header=HEADER | {"kid": "k" * 129}),
        signed(CLAIMS, header=HEADER | {"typ": "at+jwt"}),
        signed(CLAIMS, header=HEADER | {"crit": ["exp"]}),
        signed(CLAIMS, key=ISSUER.public["x"].encode(), alg="HS256"),
        raw({"alg": "none", **HEADER}, CLAIMS, b""),
        raw({"alg": "none", **HEADER}, CLAIMS, b"x"),
        signed(CLAIMS)[:-4] + "AAAA",
    ):
        with pytest.raises(InvalidToken):
            await verifier.verify(token)


async def test_the_relay_is_never_a_viewer(verifier: Verifier) -> None:
    with pytest.raises(InvalidToken, match="issuer"):
        await verifier.verify(ISSUER.relay_token())


async def test_a_verified_token_is_remembered_only_until_it_expires(
    verifier: Verifier, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = signed(CLAIMS)
    viewer = await verifier.verify(token)
    assert await verifier.verify(token) is viewer
    monkeypatch.setattr(time, "time", lambda: NOW + LIFE + 6.0)
    with pytest.raises(InvalidToken):
        await verifier.verify(token)


async def test_clocks_may_disagree_by_five_seconds(verifier: Verifier) -> None:
    now = int(time.time())
    assert (await verifier.verify(signed(CLAIMS | {"nbf": now + 3, "iat": now + 3}))).subject == "ana"
    assert (await verifier.verify(signed(CLAIMS | {"exp": now - 2}))).subject == "ana"


async def test_azp_and_required_claims_are_held_to_where_they_are_asked_for() -> None:
    keys = FixedKeys(ISSUER.jwks())
    strict = Trust(GUEST_ISSUER, keys, ("ES256",), "easel", frozenset({"https://easel.example"}), ("exp", "sub", "sid"))
    verifier = Verifier([strict])
    good = CLAIMS | {"azp": "https://easel.example", "sid": "sess_1"}
    assert (await verifier.verify(signed(good))).subject == "ana"
    for change in ({"azp": None}, {"azp": "https://evil.example"}, {"sid": None}):
        with pytest.raises(InvalidToken):
            await verifier.verify(signed(good | change))


async def test_a_token_for_somebody_is_refused_where_none_is_expected() -> None:
    verifier = Verifier([Trust(GUEST_ISSUER, FixedKeys(ISSUER.jwks()), ("ES256",), None)])
    with pytest.raises(InvalidToken):
        await verifier.verify(signed(CLAIMS))
    assert (await verifier.verify(signed(CLAIMS | {"aud": None}))).subject == "ana"


# The signing key


def test_the_key_is_made_once_and_only_its_owner_can_read_it(tmp_path: Path) -> None:
    settings = load(data_dir=tmp_path / "data")
    first, second = Issuer(signing_key(settings)), Issuer(signing_key(settings))
    assert first.kid == second.kid
    assert (tmp_path / "data" / "signing-key.pem").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["signing-key.pem"]


def test_a_given_key_may_be_on_one_line(tmp_path: Path) -> None:
    pem = ISSUER.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    settings = load(data_dir=tmp_path, app_signing_key=pem.replace("\n", "\\n"))
    assert Issuer(signing_key(settings)).kid == ISSUER.kid
    assert not list(tmp_path.iterdir())


def test_a_bad_key_or_folder_is_a_sentence(tmp_path: Path) -> None:
    other = rsa.generate_private_key(65537, 2048).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    for given in ("hush", other.decode()):
        with pytest.raises(SettingsError, match="APP_SIGNING_KEY is not an ES256 private key") as refused:
            signing_key(load(app_signing_key=given))
        assert "hush" not in str(refused.value)
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingsError, match="DATA_DIR"):
        signing_key(load(data_dir=tmp_path / "file" / "data"))


def test_convex_is_told_of_both_issuers_with_their_keys() -> None:
    guest, relay = providers(load(auth_provider="guest"), ISSUER)
    assert (guest["type"], guest["applicationID"]) == ("customJwt", "easel")
    assert (relay["issuer"], relay["applicationID"]) == ("https://relay.easel.invalid", "easel-relay")
    head, keys = guest["jwks"].split(",", 1)
    assert head == "data:text/plain;charset=utf-8;base64"
    assert json.loads(base64.b64decode(keys)) == ISSUER.jwks()
    assert "d" not in ISSUER.public


def test_other_providers_are_told_to_convex_in_its_own_words() -> None:
    key = "pk_test_" + base64.b64encode(b"happy.clerk.accounts.dev$").decode().rstrip("=")
    clerk = load(auth_provider="clerk", clerk_publishable_key=key)
    assert providers(clerk, ISSUER)[2] == {"domain": "https://happy.clerk.accounts.dev", "applicationID": "convex"}
    oidc = load(auth_provider="oidc", oidc_issuer="https://t.auth0.com/", oidc_client_id="me")
    assert providers(oidc, ISSUER)[2] == {"domain": "https://t.auth0.com/", "applicationID": "me"}
    configuration = "https://t.auth0.com/.well-known/openid-configuration"
    assert trusted(oidc, ISSUER)[1].keys.url == configuration  # type: ignore[attr-defined]
    elliptic = load(**oidc.model_dump() | {"auth_algorithm": "ES256", "auth_jwks_url": "https://t.auth0.com/keys"})
    assert providers(elliptic, ISSUER)[2] == {
        "type": "customJwt",
        "issuer": "https://t.auth0.com/",
        "applicationID": "me",
        "algorithm": "ES256",
        "jwks": "https://t.auth0.com/keys",
    }
    with pytest.raises(SettingsError, match="CLERK_PUBLISHABLE_KEY"):
        trusted(load(auth_provider="clerk", clerk_publishable_key="pk_test_nonsense!"), ISSUER)
