"""Every environment variable, read once, frozen; what is unsafe in production is refused with a sentence."""

from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.addresses import ancestors, networks, origin

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


class SettingsError(Exception):
    """Plain sentences for the person at the terminal: what is wrong, in which variable, what to do."""


class Settings(BaseSettings):
    """The settings of Easel. Each field is the environment variable of the same name in capitals."""

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True, hide_input_in_errors=True
    )

    environment: Literal["development", "production"] = "development"
    host: str = "127.0.0.1"
    port: int = Field(8000, ge=0, le=65535)  # 0: any free port
    web_concurrency: int = Field(1, ge=1, le=64)  # web processes that `make run` starts, behind one port
    data_dir: Path = Path(".data")
    public_origin: str | None = None  # scheme://host[:port] that people type; unset: the request's own
    frame_ancestors: str = "*"  # who may frame boards whose owners allow it: comma-separated origins, `*` or `none`
    log_level: Literal["debug", "info", "warning", "error"] = "warning"

    convex_url: str | None = None
    convex_site_url: str | None = None
    convex_port: int | None = Field(None, ge=1, le=65535)
    convex_site_port: int | None = Field(None, ge=1, le=65535)

    auth_provider: Literal["guest", "clerk", "oidc"] = "guest"
    clerk_publishable_key: str | None = None
    clerk_webhook_secret: SecretStr | None = None
    oidc_issuer: str | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None
    oidc_audience: str | None = None
    app_signing_key: SecretStr | None = None  # ES256 private key, PEM; unset: the one in data_dir, made at first start
    auth_issuer: str | None = None  # these override what is derived from the provider's settings
    auth_jwks_url: str | None = None
    auth_audience: str | None = None
    auth_azp: str | None = None  # comma-separated
    auth_algorithm: Literal["RS256", "ES256"] = "RS256"  # of the provider's tokens, as Convex is told
    auth_bearer_without_azp: bool = False  # for native apps, whose Clerk tokens name no origin
    auth_max_token_life: int = Field(86_400, ge=60, le=2_592_000)  # s that an account's token counts since it was made
    allow_test_keys: bool = False  # lets a Clerk development instance serve in production

    trash_days: int = Field(30, ge=0, le=3650)  # that a deleted board can be restored; 0: not at all
    history_days: int = Field(0, ge=0, le=3650)  # that boards remember what happened on them; 0: for ever
    purge_after_days: int = Field(30, ge=0, le=3650)  # from a board's deletion until nothing of it is kept; 0: at once
    large_board: int = Field(20_000, ge=1)  # shapes; pages of boards with more load only the parts that they show
    thumbnails_ahead: bool = True  # drawn when a board has come to rest; false: only when somebody looks at a list

    trusted_proxies: str = "127.0.0.1,::1"  # comma-separated addresses and networks, or `none`

    # Limits; 0 means none.
    max_streams: int = Field(0, ge=0)  # per process; 0: as many as it may have files open
    max_streams_per_person: int = Field(20, ge=0)
    max_streams_per_address: int = Field(200, ge=0)
    max_opening_bytes: int = Field(256 * 2**20, ge=0)  # of first frames that readers have not taken, in one process
    max_connections_per_address: int = Field(512, ge=0)  # to one process; a proxy's own are not counted
    rate_changes: int = Field(200, ge=0)  # per person per second
    rate_presence: int = Field(60, ge=0)  # per person per second, and as many again in a burst
    rate_anonymous: int = Field(600, ge=0)  # per address per minute; a picture is a tenth, a whole board two
    rate_reads: int = Field(1200, ge=0)  # with a session, likewise per person per minute; an address 8 times as many
    rate_sign_ins: int = Field(240, ge=0)  # steps of signing in, per address per minute
    rate_boards: int = Field(200, ge=0)  # per person per hour
    rate_invites: int = Field(20, ge=0)  # made, per person per hour
    rate_edits: int = Field(120, ge=0)  # renaming, sharing, roles, accepting, claiming, per person per minute
    rate_bytes: int = Field(16 * 2**20, ge=0)  # of changes, with what undo needs, per person per 10 s
    rate_pictures: int = Field(60, ge=0)  # of boards, drawn as PNG, per person per minute
    rate_guesses: int = Field(10, ge=0)  # invitations asked for that do not exist, per address per minute

    rate_presence_bytes: int = Field(256 * 2**10, ge=0)  # per person per second
    day_changes: int = Field(200_000, ge=0)  # per person per day; a board 4, an address 8, all 32 times as many
    day_bytes: int = Field(512 * 2**20, ge=0)  # of changes, likewise

    rate_uploads: int = Field(120, ge=0)  # pictures, per person per 10 minutes
    rate_imports: int = Field(30, ge=0)  # files, per person per 10 minutes
    rate_exports: int = Field(120, ge=0)  # boards as files, per person per 10 minutes
    max_board_bytes: int = Field(256 * 2**20, ge=0)  # of the pictures of one board
    max_person_bytes: int = Field(512 * 2**20, ge=0)  # of the pictures that one person added, on all boards

    @property
    def production(self) -> bool:
        return self.environment == "production"

    @property
    def https(self) -> bool:
        """Whether people reach the app by https: decides the session cookie's name and `Secure`."""
        return self.public_origin is not None and self.public_origin.startswith("https://")

    @property
    def proxies(self) -> list[IPv4Network | IPv6Network]:
        return networks(self.trusted_proxies)

    @property
    def azp(self) -> frozenset[str]:
        return frozenset(part.strip() for part in (self.auth_azp or "").split(",") if part.strip())

    @field_validator("trusted_proxies")
    @classmethod
    def _proxies(cls, value: str) -> str:
        networks(value)
        return value

    @field_validator("frame_ancestors")
    @classmethod
    def _ancestors(cls, value: str) -> str:
        return ancestors(value)

    @field_validator("public_origin")
    @classmethod
    def _origin(cls, value: str | None) -> str | None:
        return value and origin(value)

    @field_validator("convex_url", "convex_site_url")
    @classmethod
    def _url(cls, value: str | None) -> str | None:
        if value and (urlsplit(value).scheme not in ("http", "https") or not urlsplit(value).hostname):
            raise ValueError("must be an address such as http://127.0.0.1:3210")
        return value and value.rstrip("/")

    @model_validator(mode="after")
    def _provider_is_complete(self) -> Self:
        if self.auth_provider == "clerk" and not (self.clerk_publishable_key or self.auth_issuer):
            raise ValueError("CLERK_PUBLISHABLE_KEY is needed when AUTH_PROVIDER is clerk")
        if self.auth_provider == "oidc" and not ((self.oidc_issuer or self.auth_issuer) and self.oidc_client_id):
            raise ValueError("OIDC_ISSUER and OIDC_CLIENT_ID are needed when AUTH_PROVIDER is oidc")
        return self

    @model_validator(mode="after")
    def _key_sets_are_private(self) -> Self:
        for name in ("auth_jwks_url", "auth_issuer", "oidc_issuer"):
            url = urlsplit(getattr(self, name) or "https://unset")
            plain = url.scheme == "http" and url.hostname in LOOPBACK and not self.production
            if not url.hostname or (url.scheme != "https" and not plain):
                raise ValueError(f"{name.upper()} must be https (http only on loopback, outside production)")
        if self.auth_algorithm == "ES256" and self.auth_provider == "oidc" and self.auth_jwks_url is None:
            raise ValueError("AUTH_JWKS_URL is needed with AUTH_ALGORITHM=ES256: Convex cannot find such keys itself")
        return self

    @model_validator(mode="after")
    def _production_is_safe(self) -> Self:
        if not self.production:
            return self
        if not self.https:
            raise ValueError("PUBLIC_ORIGIN must be the https origin that people type, in production")
        if self.app_signing_key is None and self.convex_url and not (self.data_dir / "signing-key.pem").exists():
            raise ValueError(
                "APP_SIGNING_KEY, or a DATA_DIR with its signing-key.pem, is needed with CONVEX_URL in production"
            )
        if (self.clerk_publishable_key or "").startswith("pk_test_") and not self.allow_test_keys:
            raise ValueError(
                "CLERK_PUBLISHABLE_KEY is a development key (pk_test_): production needs pk_live_, or ALLOW_TEST_KEYS=1"
            )
        return self


def load(**overrides: Any) -> Settings:
    """The settings from the environment and `.env`. Raises SettingsError, which never quotes a value."""
    try:
        return Settings(**overrides)
    except ValidationError as error:
        raise SettingsError(" ".join(map(sentence, error.errors(include_input=False)))) from None


def sentence(problem: Any) -> str:
    name = "".join(str(part) for part in problem["loc"]).upper()
    return f"{name} {problem['msg']}.".removeprefix(" ").replace("Value error, ", "").replace("Input should", "should")
