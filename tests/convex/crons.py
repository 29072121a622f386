"""Internal functions, called with the admin key as a cron calls them, at another time; and what is stored."""

import io
import zipfile
from pathlib import Path
from typing import Any

import aiohttp
import orjson

from harness.processes import Easel


class Crons:
    def __init__(self, easel: Easel, http: aiohttp.ClientSession) -> None:
        key = Path(easel.settings["DATA_DIR"]) / "convex/admin_key"
        self.headers = {"Authorization": f"Convex {key.read_text().strip()}"}
        self.url, self.http = easel.convex_url, http

    async def run(self, path: str, **args: Any) -> Any:
        call = {"path": path, "args": args, "format": "json"}
        async with self.http.post(f"{self.url}/api/function", json=call, headers=self.headers) as answer:
            return orjson.loads(await answer.read())["value"]

    async def collect(self, now: float) -> None:
        """Files, until none is due: one transaction may not look at all."""
        while (await self.run("files:collect", now=now))["looked"]:
            pass

    async def export(self) -> dict[str, bytes]:
        """Every table and every stored file of the deployment, as `npx convex export` gets them."""
        async with self.http.post(f"{self.url}/api/export/request/zip", headers=self.headers) as made:
            assert made.status == 200
        latest = orjson.loads(await self.query("_system/frontend/exports:getLatest"))
        url = f"{self.url}/api/export/zip/{latest['zip_object_key']}"
        async with self.http.get(url, headers=self.headers) as answer:
            assert answer.status == 200
            archive = zipfile.ZipFile(io.BytesIO(await answer.read()))
        return {name: archive.read(name) for name in archive.namelist()}

    async def query(self, path: str, **args: Any) -> bytes:
        call = {"path": path, "args": args, "format": "json"}
        async with self.http.post(f"{self.url}/api/query", json=call, headers=self.headers) as answer:
            return orjson.dumps(orjson.loads(await answer.read())["value"])

    async def rows(self, table: str) -> list[Any]:
        """Every row of a table, the oldest first."""
        found: list[Any] = []
        page: Any = {"continueCursor": None, "isDone": False}
        while not page["isDone"]:
            part = {"cursor": page["continueCursor"], "numItems": 1_000}
            data = await self.query("_system/cli/tableData", table=table, order="asc", paginationOpts=part)
            page = orjson.loads(data)
            found += page["page"]
        return found
