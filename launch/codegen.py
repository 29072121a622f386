"""`make codegen`: writes `convex/_generated` anew, after a file of `convex/` was added, renamed or removed."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from launch.children import ROOT
from launch.deployment import NODE
from launch.push import convex


def codegen() -> int:
    """The CLI's exit status. It asks a deployment, here one without data."""
    with tempfile.TemporaryDirectory() as folder:
        env, data = Path(folder, "env.json"), Path(folder, "data")
        env.write_text('{"AUTH_PROVIDERS": "[]"}')
        command = [NODE, str(ROOT / "embedded/main.ts"), "--data", str(data), "--port", "0", "--env-file", str(env)]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as deployment:
            try:
                ready = deployment.stdout.readline() if deployment.stdout else ""
                if not ready:
                    return 1  # the deployment has said why
                key = (data / "admin_key").read_text().strip()
                own = {"CONVEX_SELF_HOSTED_URL": json.loads(ready)["url"], "CONVEX_SELF_HOSTED_ADMIN_KEY": key}
                return convex(own, "codegen")
            finally:
                deployment.terminate()


if __name__ == "__main__":
    sys.exit(codegen())
