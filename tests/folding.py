"""A board whose early history is folded when a test says so."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.auth import signing_key
from app.auth.issuer import Issuer
from app.convex.checkpoint_shelf import CheckpointShelf
from app.convex.deployment import Deployment, Storage
from app.convex.retention_shelf import RetentionShelf
from app.history.retention import Retention
from app.settings import Settings
from harness.people import Answer, Person, shape_of_kind, stroke
from harness.processes import Easel
from tests.conftest import connections

WHOLE = 2**63 - 1


@dataclass
class Folding:
    ana: Person
    board: str
    retention: Retention
    moments: list[str]

    @property
    def path(self) -> str:
        return f"/boards/{self.board}"

    async def act(self, verb: str = "changes", change_id: str = "", **ops: Any) -> Answer:
        body = {"changeId": change_id or str(uuid.uuid4()), **ops}
        answer = await self.ana.post(f"{self.path}/{verb}", body)
        assert answer.status in (200, 201), answer.body
        if "ts" in answer.json:
            self.moments.append(answer.json["ts"])
        return answer

    async def due(self, before: str) -> list[int]:
        """Up to which change the board is due to be folded: other boards of this Easel are left alone."""
        return [ts async for board, ts in self.retention._retention.due(int(before)) if board == self.board]

    async def fold(self, before: str) -> None:
        """As the background does, and waits until the rows have lost what they did."""
        [ts] = await self.due(before)
        assert await self.retention.fold_board(self.board, ts)
        while "secret" in (await self.rows()):
            await asyncio.sleep(0.1)

    async def rows(self) -> str:
        shelf = self.retention._shelf
        return str([row async for page in shelf.rows(self.board, 0, WHOLE) for row in page])


@asynccontextmanager
async def old_board(easel: Easel) -> AsyncIterator[Folding]:
    issuer = Issuer(signing_key(Settings(data_dir=Path(easel.settings["DATA_DIR"]))))
    async with connections() as http, Deployment(easel.convex_url) as deployment, Storage(easel.convex_url) as storage:
        ana = await Person.sign_in(http, easel.url, "Ana")
        shelf = CheckpointShelf(deployment, storage, issuer.relay_token)
        retention = Retention(shelf, RetentionShelf(deployment, issuer.relay_token), 1)
        made = Folding(ana, await ana.create_board("Old"), retention, [])
        note = shape_of_kind("note", "note", text="secret")
        await made.act(change_id="first", put=[note, stroke("line"), shape_of_kind("text", "gone", text="secret gone")])
        await made.act(patch={"note": {"text": "second"}})
        await made.act(remove=["gone", "line"])
        await made.act("undo")
        await made.act(patch={"note": {"x": 9}})
        yield made
