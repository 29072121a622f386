"""`make push`: puts the functions, and the variables that they read, on a Convex backend or on Convex Cloud."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from app.settings import Settings, SettingsError, load
from launch.children import ROOT
from launch.deployment import NODE
from launch.variables import VARIABLES

CLI = ROOT / "node_modules/convex/bin/main.js"


class PushError(Exception):
    """What is missing, in a sentence."""


def target(environment: Mapping[str, str]) -> dict[str, str]:
    """The CLI's own names for the deployment and its key. Raises PushError when one is missing."""
    url, admin_key, deploy_key = (
        environment.get(name, "") for name in ("CONVEX_URL", "CONVEX_ADMIN_KEY", "CONVEX_DEPLOY_KEY")
    )
    if not url:
        raise PushError("Set CONVEX_URL to the deployment's address. docs/convex.md shows how.")
    if deploy_key:
        return {"CONVEX_DEPLOY_KEY": deploy_key}
    if admin_key:
        return {"CONVEX_SELF_HOSTED_URL": url, "CONVEX_SELF_HOSTED_ADMIN_KEY": admin_key}
    raise PushError("Set CONVEX_DEPLOY_KEY (Convex Cloud) or CONVEX_ADMIN_KEY (a backend of your own).")


def push(settings: Settings, environment: Mapping[str, str]) -> int:
    """The exit status of the first command that failed, or 0. The variables come first: auth.config.ts reads them."""
    own = {name: value for name, value in environment.items() if not name.startswith("CONVEX_")} | target(environment)
    for name, value in VARIABLES.items():
        # By standard input: arguments are seen by every user of the machine.
        status = convex(own, "env", "set", name, stdin=value(settings))
        if status != 0:
            return status
    return convex(own, "deploy", "--yes", "--codegen", "disable")


def convex(environment: Mapping[str, str], *arguments: str, stdin: str = "") -> int:
    command: list[str | Path] = [NODE, CLI, *arguments]
    return subprocess.run(command, cwd=ROOT, env=dict(environment), input=stdin, text=True, check=False).returncode


def main() -> int:
    try:
        return push(load(), os.environ)
    except (PushError, SettingsError) as error:
        print(error, file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
