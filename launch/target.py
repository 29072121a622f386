"""Where `make push` pushes to, and with which key: from the environment and `.env`."""

from typing import NamedTuple

from pydantic import SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.settings import Settings


class PushError(Exception):
    """Why there is no push, in a sentence."""


class Keys(BaseSettings):
    model_config = SettingsConfigDict(env_file=".env", env_ignore_empty=True, extra="ignore", frozen=True)

    convex_deploy_key: SecretStr | None = None
    convex_admin_key: SecretStr | None = None


class Target(NamedTuple):
    url: str
    key: SecretStr
    variable: str  # of the key

    @property
    def name(self) -> str | None:
        """The deployment that the key is of, if it says so: `prod:NAME|…` or `NAME|…`."""
        name, bar, _ = self.key.get_secret_value().partition("|")
        return name.rpartition(":")[2] if bar else None

    def environment(self) -> dict[str, str]:
        """The CLI's own names for all this. It takes what is missing from `.env`, but not what is empty."""
        own = dict.fromkeys(("CONVEX_DEPLOYMENT", "CONVEX_DEPLOYMENT_TOKEN", "CONVEX_DEPLOY_KEY"), "")
        key = self.key.get_secret_value()
        if self.variable == "CONVEX_DEPLOY_KEY":
            return own | {
                "CONVEX_DEPLOY_KEY": key,
                "CONVEX_SELF_HOSTED_URL": "",
                "CONVEX_SELF_HOSTED_ADMIN_KEY": "",
            }
        return own | {"CONVEX_SELF_HOSTED_URL": self.url, "CONVEX_SELF_HOSTED_ADMIN_KEY": key}


def target(settings: Settings, keys: Keys) -> Target:
    """A deploy key goes before an admin key. Raises PushError when something is missing."""
    if not settings.convex_url:
        raise PushError("Set CONVEX_URL to the deployment's address. docs/convex.md shows how.")
    if (deploy_key := keys.convex_deploy_key) is not None:
        if deploy_key.get_secret_value().startswith(("preview:", "project:")):
            raise PushError("CONVEX_DEPLOY_KEY must be the key of one deployment, not of a project or for previews.")
        return Target(settings.convex_url, deploy_key, "CONVEX_DEPLOY_KEY")
    if keys.convex_admin_key is not None:
        return Target(settings.convex_url, keys.convex_admin_key, "CONVEX_ADMIN_KEY")
    raise PushError("Set CONVEX_DEPLOY_KEY (Convex Cloud) or CONVEX_ADMIN_KEY (a backend of your own).")
