"""What Clerk's Frontend API answers about: the fields of its resources that ClerkJS reads."""

import secrets
import time
from dataclasses import dataclass, field
from typing import Any

PASSWORD = "correct horse battery staple"
OFF = {"enabled": False, "required": False, "used_for_first_factor": False, "first_factors": [], "verifications": []}
OFF |= {"used_for_second_factor": False, "second_factors": [], "verify_at_sign_up": False}
ON = OFF | {"enabled": True, "required": True}
EMAIL = ON | {"used_for_first_factor": True, "first_factors": ["email_code"], "verifications": ["email_code"]}
NAMES = ("phone_number", "username", "web3_wallet", "first_name", "last_name", "passkey", "authenticator_app")
ENVIRONMENT = {
    "object": "environment",
    "id": "env_1",
    "auth_config": {"object": "auth_config", "id": "aac_1", "single_session_mode": False},
    "display_config": {
        "object": "display_config",
        "id": "display_config_1",
        "application_name": "Easel",
        "instance_environment_type": "development",
        "preferred_sign_in_strategy": "password",
        "theme": {"buttons": {}, "general": {}, "accounts": {}},
    },
    "organization_settings": {"enabled": False},
    "user_settings": {
        "attributes": dict.fromkeys((*NAMES, "backup_code"), OFF) | {"email_address": EMAIL, "password": ON},
        "social": {},
        "actions": {},
        "sign_in": {"second_factor": {"required": False}},
        "sign_up": {"mode": "public", "captcha_enabled": False},
        "passkey_settings": {"allow_autofill": False, "show_sign_in_button": False},
    },
}


def now() -> int:
    """In ms, as Clerk counts."""
    return int(time.time() * 1000)


@dataclass
class Session:
    """Of one person, in one browser."""

    user: str
    status: str = "active"
    id: str = field(default_factory=lambda: f"sess_{secrets.token_hex(8)}")
    began: int = field(default_factory=now)

    def json(self, token: str | None) -> dict[str, Any]:
        life = {"expire_at": self.began + 604_800_000, "abandon_at": self.began + 2_592_000_000}
        tasks = [{"key": "choose-organization"}] if self.status == "pending" else None
        times = {"created_at": self.began, "updated_at": now(), "last_active_at": now()}
        made = {"object": "session", "id": self.id, "status": self.status, "tasks": tasks, "actor": None}
        last = {"last_active_token": token and {"object": "token", "jwt": token}, "last_active_organization_id": None}
        return made | last | life | times | {"user": self.person(), "public_user_data": {"user_id": self.user}}

    def person(self) -> dict[str, Any]:
        name = self.user.removeprefix("user_")
        address = {"object": "email_address", "id": f"idn_{name}", "email_address": f"{name}@example.com"}
        lists = ("phone_numbers", "web3_wallets", "external_accounts", "passkeys", "organization_memberships")
        known = {"object": "user", "id": self.user, "first_name": name.capitalize(), "email_addresses": [address]}
        return known | {each: [] for each in lists} | {"primary_email_address_id": f"idn_{name}"}


@dataclass
class SignIn:
    """An attempt to sign in with a password."""

    identifier: str
    session: str | None = None
    id: str = field(default_factory=lambda: f"sia_{secrets.token_hex(8)}")

    @property
    def user(self) -> str:
        return f"user_{self.identifier.partition('@')[0]}"

    def json(self) -> dict[str, Any]:
        return {
            "object": "sign_in",
            "id": self.id,
            "status": "complete" if self.session else "needs_first_factor",
            "identifier": self.identifier,
            "created_session_id": self.session,
            "supported_identifiers": ["email_address"],
            "supported_first_factors": [{"strategy": "password"}],
            "supported_second_factors": [],
            "first_factor_verification": {"status": "verified" if self.session else None, "strategy": "password"},
        }


@dataclass
class Client:
    """A browser, as Clerk knows it."""

    id: str = field(default_factory=lambda: f"client_{secrets.token_hex(8)}")
    sessions: dict[str, Session] = field(default_factory=dict)
    attempt: SignIn | None = None
    last: str | None = None
    began: int = field(default_factory=now)
