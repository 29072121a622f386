"""Settings: read once, and refused with a sentence when they are wrong or unsafe."""

from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from app.addresses import origin
from app.settings import Settings, SettingsError, load

SAFE = {"environment": "production", "public_origin": "https://easel.example", "app_signing_key": "a key"}


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)  # no .env


def test_the_defaults_are_those_of_one_person_on_one_machine() -> None:
    settings = load()
    assert (settings.host, settings.port, settings.data_dir) == ("127.0.0.1", 8000, Path(".data"))
    assert settings.auth_provider == "guest"
    assert not settings.production


def test_the_environment_wins_over_the_env_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("PORT=9000\nHOST=0.0.0.0\nSOMETHING_ELSE=1\n")
    monkeypatch.setenv("PORT", "9001")
    assert (load().port, load().host) == (9001, "0.0.0.0")


def test_an_empty_variable_is_the_same_as_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLIC_ORIGIN", "")
    monkeypatch.setenv("PORT", "")
    assert (load().public_origin, load().port) == (None, 8000)


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        load().port = 1  # type: ignore[misc]


def test_secrets_show_neither_in_repr_nor_in_an_error() -> None:
    settings = load(app_signing_key="hush", oidc_client_secret="hush", clerk_webhook_secret="hush")
    assert "hush" not in repr(settings)
    with pytest.raises(SettingsError) as refused:
        load(app_signing_key="hush", port="hush", environment="hush")
    assert "hush" not in str(refused.value)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"port": "many"}, "PORT"),
        ({"port": 70000}, "PORT"),
        ({"environment": "prod"}, "ENVIRONMENT"),
        ({"rate_changes": -1}, "RATE_CHANGES"),
        ({"public_origin": "easel.example"}, "PUBLIC_ORIGIN"),
        ({"public_origin": "https://easel.example/boards"}, "PUBLIC_ORIGIN"),
        ({"public_origin": "https://easel.example:port"}, "PUBLIC_ORIGIN"),
        ({"convex_url": "127.0.0.1:3210"}, "CONVEX_URL"),
        ({"auth_provider": "clerk"}, "CLERK_PUBLISHABLE_KEY"),
        ({"auth_provider": "oidc", "oidc_issuer": "https://id.example"}, "OIDC_CLIENT_ID"),
        ({"auth_jwks_url": "http://id.example/jwks.json"}, "AUTH_JWKS_URL"),
        ({"auth_jwks_url": "file:///etc/passwd"}, "AUTH_JWKS_URL"),
        ({**SAFE, "public_origin": None}, "PUBLIC_ORIGIN"),
        ({**SAFE, "public_origin": "http://easel.example"}, "PUBLIC_ORIGIN"),
        ({**SAFE, "app_signing_key": None, "convex_url": "http://127.0.0.1:3210"}, "APP_SIGNING_KEY"),
        ({**SAFE, "auth_provider": "clerk", "clerk_publishable_key": "pk_test_eA"}, "pk_live_"),
        ({**SAFE, "auth_jwks_url": "http://127.0.0.1/jwks.json"}, "AUTH_JWKS_URL"),
    ],
)
def test_a_wrong_value_is_refused_by_name(wrong: dict[str, Any], words: str) -> None:
    with pytest.raises(SettingsError, match=words) as refused:
        load(**wrong)
    assert "\n" not in str(refused.value)


def test_a_production_with_all_it_needs_starts() -> None:
    assert load(**SAFE).https


def test_production_uses_the_key_of_the_data_folder(tmp_path: Path) -> None:
    (tmp_path / "signing-key.pem").touch()
    keyless = {**SAFE, "app_signing_key": None}
    assert load(**keyless, data_dir=tmp_path, convex_url="http://127.0.0.1:3210").production
    assert load(**keyless).production, "make run makes the key"


def test_a_key_set_on_loopback_may_be_http_outside_production() -> None:
    assert load(auth_jwks_url="http://127.0.0.1:9/jwks.json").auth_jwks_url


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ("https://Easel.Example/", "https://easel.example"),
        ("https://easel.example:443", "https://easel.example"),
        ("http://easel.example:80", "http://easel.example"),
        ("http://192.168.1.5:8000", "http://192.168.1.5:8000"),
        ("http://[::1]:8000", "http://[::1]:8000"),
    ],
)
def test_an_origin_has_one_spelling(given: str, expected: str) -> None:
    assert origin(given) == expected


def test_the_example_names_every_setting_and_starts_as_it_is(tmp_path: Path) -> None:
    example = (Path(__file__).parents[2] / ".env.example").read_text()
    named = {line.split("=")[0].lower() for line in example.splitlines() if "=" in line and not line.startswith("#")}
    assert named == set(Settings.model_fields)
    (tmp_path / ".env").write_text(example)
    assert load() == Settings()
