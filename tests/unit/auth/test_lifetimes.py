"""Tokens that live as long as their issuer says."""

import time

import pytest

from app.auth import Expired, InvalidToken, Trust, Verifier
from app.auth.issuer import GUEST_LIFE
from app.auth.keys import FixedKeys
from app.auth.trust import trusted
from app.settings import SettingsError, load
from tests.identity.keys import SigningKeys, auth0_claims
from tests.unit.auth.tokens import ISSUER as OWN

HOUR = 3600
KEYS = SigningKeys()


def verifier(life: int) -> Verifier:
    oidc = {"oidc_issuer": "https://t.auth0.com/", "oidc_client_id": "c"}
    guests, accounts = trusted(load(auth_provider="oidc", auth_max_token_life=life, **oidc), OWN)
    return Verifier([guests, Trust(**vars(accounts) | {"keys": FixedKeys(KEYS.jwks)})])


def token(age: float, life: float) -> str:
    now = int(time.time())
    return KEYS.sign(auth0_claims("https://t.auth0.com/", "c", "ana", 60, iat=now - age, exp=now - age + life))


async def test_a_token_ends_with_the_life_that_is_allowed() -> None:
    viewer = await verifier(HOUR).verify(token(60, 1000 * HOUR))
    assert viewer.expires_at == pytest.approx(time.time() - 60 + HOUR, abs=60)
    assert (await verifier(HOUR).verify(token(60, 120))).expires_at == pytest.approx(time.time() + 60, abs=60)


async def test_an_older_token_has_expired_whatever_its_issuer_says() -> None:
    with pytest.raises(Expired):
        await verifier(HOUR).verify(token(HOUR + 10, 1000 * HOUR))
    with pytest.raises(InvalidToken):
        await verifier(HOUR).verify(token(-100 * HOUR, 200 * HOUR))


async def test_a_guests_token_lives_as_long_as_we_say() -> None:
    text, expires_at = OWN.guest_token("ana", "Ana")
    assert (await verifier(60).verify(text)).expires_at == expires_at
    assert expires_at == pytest.approx(time.time() + GUEST_LIFE, abs=60)


@pytest.mark.parametrize("life", [0, 59, 2_592_001])
def test_a_limit_that_makes_no_sense_is_named(life: int) -> None:
    with pytest.raises(SettingsError, match="AUTH_MAX_TOKEN_LIFE"):
        load(auth_max_token_life=life)
