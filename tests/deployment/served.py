"""The embedded deployment in a process of its own, with the functions beside this file, and tokens that it believes."""

import asyncio
import base64
import json
import os
import signal
import subprocess
import time
import uuid
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec

from launch.deployment import NODE

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
START_LIMIT = 60.0  # s
ISSUER = "https://tests.invalid"


class Identities:
    """An issuer of tokens."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        public = jwt.algorithms.ECAlgorithm.to_jwk(self._key.public_key(), as_dict=True)
        keys = json.dumps({"keys": [{**public, "kid": "1", "alg": "ES256", "use": "sig"}]})
        self.provider = {
            "type": "customJwt",
            "issuer": ISSUER,
            "jwks": "data:application/json;base64," + base64.b64encode(keys.encode()).decode(),
            "algorithm": "ES256",
            "applicationID": "tests",
        }

    def token(self, subject: str = "ana", lifetime: float = 600, **claims: Any) -> str:
        """A token which ends `lifetime` seconds from now."""
        now = time.time()
        times = {"iat": now, "exp": now + lifetime}
        # `jti` makes every token another text.
        who = {"iss": ISSUER, "sub": subject, "aud": "tests", "jti": uuid.uuid4().hex}
        return jwt.encode({**who, **times, **claims}, self._key, "ES256", headers={"kid": "1"})


class Served:
    """A deployment that the test may kill, suspend and start again; it keeps its port and its data."""

    def __init__(self, folder: Path, identities: Identities) -> None:
        self.url = ""
        self._port = 0
        self._folder = folder
        self._environment = folder / "env.json"
        self._environment.write_text(json.dumps({"AUTH_PROVIDERS": json.dumps([identities.provider])}))
        self._process: subprocess.Popen[str] | None = None

    async def start(self) -> None:
        self._launch()
        assert self._process
        assert self._process.stdout
        async with asyncio.timeout(START_LIMIT):
            line = await asyncio.to_thread(self._process.stdout.readline)
        assert line, f"the deployment did not start: {(self._folder / 'log.txt').read_text()}"
        self.url = json.loads(line)["url"]
        self._port = int(self.url.rsplit(":", 1)[1])

    def _launch(self) -> None:
        with (self._folder / "log.txt").open("a") as log:
            self._process = subprocess.Popen(
                [
                    *(NODE, "embedded/main.ts", "--functions", str(HERE / "convex"), "--port", str(self._port)),
                    *("--data", str(self._folder / "data"), "--env-file", str(self._environment)),
                ],
                cwd=ROOT,
                env={**os.environ, "EASEL_PARENT": "1"},
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def kill(self) -> None:
        """kill -9."""
        if self._process:
            with self._process as process:
                process.kill()

    def suspend(self) -> None:
        """It accepts connections still (the kernel does), and answers nothing."""
        self._signal(signal.SIGSTOP)
        assert self._process
        # The signal is on its way to several threads.
        status = Path(f"/proc/{self._process.pid}/stat")
        while status.read_text().rsplit(")", 1)[1].split()[0] != "T":
            time.sleep(0.001)

    def resume(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: signal.Signals) -> None:
        assert self._process
        self._process.send_signal(number)
