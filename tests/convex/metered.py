"""A deployment in production mode, with rows as many as a table may have, that tells what a call read."""

import base64
import contextlib
import shutil
import subprocess
import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import orjson
from convex import ConvexError

from harness.processes import ROOT
from launch.deployment import NODE

GUEST, RELAY = "https://guest.easel.invalid", "https://relay.easel.invalid"
NO_LIMITS = dict.fromkeys(("boards", "invites", "asks", "edits", "guesses", "uploads", "changes", "bytes"), 0)


@dataclass
class Used:
    """What a call answered, the documents and bytes that it read, and the documents that it wrote."""

    value: Any
    read: int
    bytes: int
    written: int


@dataclass
class Metered:
    http: aiohttp.ClientSession
    url: str
    key: str

    async def call(self, path: str, args: Mapping[str, Any], who: Mapping[str, str] | None = None) -> Any:
        """Raises ConvexError for a refusal; any other failure fails the test."""
        user = f":{base64.b64encode(orjson.dumps(who)).decode()}" if who else ""
        headers = {"Authorization": f"Convex {self.key}{user}"}
        body = {"path": path, "args": args, "format": "json"}
        async with self.http.post(f"{self.url}/api/function", json=body, headers=headers) as answer:
            found = orjson.loads(await answer.read())
        if "errorData" in found:
            raise ConvexError(found["errorMessage"], found["errorData"])
        assert found["status"] == "success", found
        return found["value"]

    async def seed(self, table: str, rows: list[dict[str, Any]]) -> list[str]:
        """The ids of the new rows."""
        made: list[str] = await self.call("metered:seed", {"table": table, "rows": rows})
        return made

    async def people(self, count: int, name: str = "N" * 60) -> list[str]:
        tag = uuid.uuid4()
        rows = [{"tokenIdentifier": f"{GUEST}|{tag}-{n}", "name": name, "seenAt": 0} for n in range(count)]
        return await self.seed("users", rows)


@dataclass
class Somebody:
    """Who calls: a guest by a name that nobody else has, or the relay."""

    metered: Metered
    subject: str
    issuer: str = GUEST

    @property
    def who(self) -> dict[str, str]:
        return {"subject": self.subject, "issuer": self.issuer, "name": self.subject[:60]}

    @property
    def token_identifier(self) -> str:
        return f"{self.issuer}|{self.subject}"

    async def call(self, path: str, /, **args: Any) -> Any:
        return await self.metered.call(path, args, self.who)

    async def query(self, path: str, /, **args: Any) -> Used:
        return Used(**await self.metered.call("metered:query", {"path": path, "args": args}, self.who))

    async def mutation(self, path: str, /, **args: Any) -> Used:
        return Used(**await self.metered.call("metered:mutation", {"path": path, "args": args}, self.who))

    async def commit(self, board: str, change_id: str, **ops: Any) -> Used:
        request = {"put": [], "patch": [], "remove": [], **ops}
        return await self.mutation("changes:commit", board=board, changeId=change_id, **request)


@contextlib.contextmanager
def metered_deployment(folder: Path) -> Iterator[tuple[str, str]]:
    """URL and admin key of a deployment of the functions and metered.ts, whose messages nobody outside is told."""
    for entry in ROOT.iterdir():
        if entry.name != "convex" and not entry.name.startswith("."):
            (folder / entry.name).symlink_to(entry)
    shutil.copytree(ROOT / "convex", folder / "convex")
    shutil.copy(ROOT / "tests/convex/metered.ts", folder / "convex")
    environment, data = folder / "env.json", folder / "stored"
    variables = {"AUTH_PROVIDERS": "[]", "LIMITS": orjson.dumps(NO_LIMITS).decode()}
    environment.write_bytes(orjson.dumps(variables))
    command = [NODE, str(ROOT / "embedded/main.ts"), "--functions", str(folder / "convex"), "--data", str(data)]
    command += ["--port", "0", "--env-file", str(environment), "--production"]
    log = folder / "deployment.log"
    with log.open("wb") as err, subprocess.Popen(command, stdout=subprocess.PIPE, stderr=err) as process:
        try:
            assert process.stdout
            line = process.stdout.readline()
            assert line, log.read_text()
            yield orjson.loads(line)["url"], (data / "admin_key").read_text().strip()
        finally:
            process.kill()
